use std::sync::PoisonError;

use rusqlite::{Connection, params};
use serde_json::{Map, Value, json};

use super::Table;
use super::dispatch::decode;
use crate::aws::StandInError;

/// How many items are looked at between two chances for other calls.
const PAGE: usize = 200;

/// Who deletes expired items, which tells a stream's readers these deletions from people's.
const IDENTITY: &str = r#"{"type":"Service","principalId":"dynamodb.amazonaws.com"}"#;

impl Table {
    /// Deletes what has expired by the injected clock, in every table that has a time to live, and
    /// gives how many items went. To be called now and then, as AWS does on its own.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sweep_expired(&self) -> Result<usize, StandInError> {
        let gone = match &self.upkeep {
            None => self.db.sweep_ttl()?,
            // dynoxide's own sweep of a file knows the system's clock only.
            Some(upkeep) => {
                let names = self.db.list_tables(decode(b"{}")?)?.table_names;
                let mut gone = 0;
                for table in names {
                    gone += self.sweep_table(upkeep, &table)?;
                }
                gone
            }
        };
        if gone > 0 {
            self.changed();
        }
        Ok(gone)
    }

    fn sweep_table(&self, upkeep: &std::sync::Mutex<Connection>, table: &str) -> Result<usize, StandInError> {
        let named = json!({"TableName": table}).to_string();
        let ttl = self.db.describe_time_to_live(decode(named.as_bytes())?)?.time_to_live_description;
        let Some(attribute) = ttl.attribute_name.filter(|_| ttl.time_to_live_status == "ENABLED") else {
            return Ok(0);
        };
        let description = self.db.describe_table(decode(named.as_bytes())?)?;
        let description = serde_json::to_value(description).unwrap_or_default();
        let keys: Vec<String> = description["Table"]["KeySchema"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|key| key["AttributeName"].as_str().map(str::to_owned))
            .collect();
        let now = (self.now)().as_second().to_string();
        let mut gone = 0;
        let mut from = Value::Null;
        loop {
            let (expired, next) = self.expired_page(table, &keys, &attribute, &now, &from)?;
            if !expired.is_empty() {
                let _gate = self.stream_gate.write().unwrap_or_else(PoisonError::into_inner);
                let upkeep = upkeep.lock().unwrap_or_else(PoisonError::into_inner);
                let last = "SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0)
                    FROM _stream_records WHERE table_name = ?1";
                let before: i64 = upkeep.query_row(last, [table], |row| row.get(0))?;
                for key in &expired {
                    gone += usize::from(self.delete_expired(table, key, &attribute, &now)?);
                }
                sign(&upkeep, table, before, &expired)?;
            }
            if next.is_null() {
                return Ok(gone);
            }
            from = next;
        }
    }

    fn expired_page(
        &self,
        table: &str,
        keys: &[String],
        attribute: &str,
        now: &str,
        from: &Value,
    ) -> Result<(Vec<Value>, Value), StandInError> {
        let mut names = Map::from_iter([("#t".to_owned(), Value::from(attribute))]);
        names.extend(keys.iter().enumerate().map(|(n, key)| (format!("#k{n}"), Value::from(key.as_str()))));
        let projection: Vec<String> = (0..keys.len()).map(|n| format!("#k{n}")).collect();
        let mut scan = json!({"TableName": table, "FilterExpression": "#t < :now", "Limit": PAGE,
            "ProjectionExpression": projection.join(","), "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": {":now": {"N": now}}});
        if !from.is_null() {
            scan["ExclusiveStartKey"] = from.clone();
        }
        let page = self.db.scan(decode(scan.to_string().as_bytes())?)?;
        let mut page = serde_json::to_value(page).unwrap_or_default();
        let items = page["Items"].take();
        Ok((items.as_array().cloned().unwrap_or_default(), page["LastEvaluatedKey"].take()))
    }

    /// Whether it went: it may have been renewed since the page was read.
    fn delete_expired(&self, table: &str, key: &Value, attribute: &str, now: &str) -> Result<bool, StandInError> {
        let delete = json!({"TableName": table, "Key": key, "ConditionExpression": "#t < :now",
            "ExpressionAttributeNames": {"#t": attribute}, "ExpressionAttributeValues": {":now": {"N": now}}});
        match self.db.delete_item(decode(delete.to_string().as_bytes())?) {
            Ok(_) => Ok(true),
            Err(dynoxide::DynoxideError::ConditionalCheckFailedException(..)) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

/// Puts the service's name on the stream records of the items that expired.
fn sign(upkeep: &Connection, table: &str, after: i64, expired: &[Value]) -> Result<(), StandInError> {
    let mut select = upkeep.prepare(
        "SELECT id, keys_json FROM _stream_records WHERE table_name = ?1
            AND CAST(sequence_number AS INTEGER) > ?2 AND event_name = 'REMOVE'",
    )?;
    let rows = select.query_map(params![table, after], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    let removed = rows.collect::<Result<Vec<_>, _>>()?;
    for (id, keys) in removed {
        if serde_json::from_str::<Value>(&keys).is_ok_and(|keys| expired.contains(&keys)) {
            upkeep.execute("UPDATE _stream_records SET user_identity = ?1 WHERE id = ?2", params![IDENTITY, id])?;
        }
    }
    Ok(())
}
