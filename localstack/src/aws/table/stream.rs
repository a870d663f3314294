use std::sync::PoisonError;

use rusqlite::{OptionalExtension, params};
use serde_json::{Value, json};
use tokio::sync::watch;

use super::Table;
use super::dispatch::decode;
use crate::aws::{ACCOUNT, StandInError};

/// Without it dynoxide reads a table's whole stream at every write, to find the last number.
pub(super) const INDEX: &str = "CREATE INDEX IF NOT EXISTS _sr_seq
    ON _stream_records (table_name, CAST(sequence_number AS INTEGER));";

/// What dynoxide adds to a stored sequence number to make the public one.
const OFFSET: u128 = 100_000_000_000_000_000_000;

/// How many records go in one statement, so that no write waits long for the file.
const TRIM_PAGE: i64 = 500;

impl Table {
    /// A number that grows whenever items may have changed, to wait on instead of polling.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// A table's stream records after a sequence number, or from the oldest, in commit order and as
    /// Lambda is given them; 1000 at most.
    ///
    /// # Errors
    /// When the table does not exist or has no stream, or the number is not one of a stream.
    pub fn records_after(&self, table: &str, after: Option<&str>, limit: usize) -> Result<Vec<Value>, StandInError> {
        let arn = self.stream_arn(table);
        let mut ask = json!({"StreamArn": arn, "ShardId": dynoxide::streams::shard_id(table),
            "ShardIteratorType": "TRIM_HORIZON"});
        if let Some(after) = after {
            ask["ShardIteratorType"] = "AFTER_SEQUENCE_NUMBER".into();
            ask["SequenceNumber"] = after.into();
        }
        let iterator = self.db.get_shard_iterator(decode(ask.to_string().as_bytes())?)?;
        let request = dynoxide::actions::get_records::GetRecordsRequest {
            shard_iterator: iterator.shard_iterator.unwrap_or_default(),
            limit: Some(limit),
        };
        let records = {
            let _gate = self.stream_gate.read().unwrap_or_else(PoisonError::into_inner);
            self.db.get_records(request)?.records
        };
        Ok(records
            .into_iter()
            .filter_map(|record| serde_json::to_value(record).ok())
            .map(|mut record| {
                record["awsRegion"] = self.region.as_str().into();
                record["eventSourceARN"] = arn.as_str().into();
                record
            })
            .collect())
    }

    /// How far a reader of a stream has come, as it last said.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn cursor(&self, reader: &str) -> Result<Option<String>, StandInError> {
        let select = "SELECT position FROM cursors WHERE name = ?1";
        Ok(self.records.read(|c| c.query_row(select, [reader], |row| row.get(0)).optional())?)
    }

    /// Keeps how far a reader has come, over a restart too.
    ///
    /// # Errors
    /// When the records cannot be written.
    pub fn set_cursor(&self, reader: &str, sequence_number: &str) -> Result<(), StandInError> {
        let insert = "INSERT INTO cursors (name, position) VALUES (?1, ?2)
            ON CONFLICT (name) DO UPDATE SET position = excluded.position";
        self.records.write(|c| c.execute(insert, [reader, sequence_number]))?;
        Ok(())
    }

    /// Lets go of a table's stream records up to and with a sequence number that every reader has
    /// passed, and gives how many. The newest record stays, because the next number follows from it.
    /// A database in memory keeps all.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn trim_stream(&self, table: &str, through: &str) -> Result<usize, StandInError> {
        let Some(upkeep) = &self.upkeep else { return Ok(0) };
        let Some(through) = stored(through) else { return Ok(0) };
        // Two connections that write at once would wait for each other in SQLite, each with a thread.
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let delete = "DELETE FROM _stream_records WHERE id IN (
            SELECT id FROM _stream_records WHERE table_name = ?1 AND CAST(sequence_number AS INTEGER) <= ?2
            AND CAST(sequence_number AS INTEGER) <
                (SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = ?1)
            LIMIT ?3)";
        let mut gone = 0;
        loop {
            let upkeep = upkeep.lock().unwrap_or_else(PoisonError::into_inner);
            let deleted = upkeep.execute(delete, params![table, through, TRIM_PAGE])?;
            gone += deleted;
            if deleted == 0 {
                return Ok(gone);
            }
        }
    }

    fn stream_arn(&self, table: &str) -> String {
        format!("arn:aws:dynamodb:{}:{ACCOUNT}:table/{table}/stream/local", self.region)
    }
}

fn stored(public: &str) -> Option<i64> {
    i64::try_from(public.parse::<u128>().ok()?.checked_sub(OFFSET)?).ok()
}
