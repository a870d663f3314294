//! The audit trail: every event of a workspace, kept as long as the workspace.

use crate::{
    core::{
        cursor::Page,
        failure::failed,
        item::{DOCUMENT, Entity, key_attributes, text},
        keys,
        scope::{Internal, Scope},
        table::{Mode, Part, Table, Write},
        transaction::{Beside, Transaction},
    },
    event::event_of,
};
use aws_sdk_dynamodb::types::AttributeValue;
use millrace_domain::{
    Error, Result,
    event::{Event, EventType},
    id::{EventId, UserId},
};
use serde::{Deserialize, Serialize};

/// An event in the audit trail. It stands under another attribute than in its feed: the stream carries it on once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
struct AuditRecord(Event);

impl Entity for AuditRecord {
    const WHAT: &'static str = "audit record";
}

/// Which part of the trail is asked for.
#[derive(Debug, Clone)]
pub struct AuditFilter {
    /// Of this person alone.
    pub actor: Option<UserId>,
    /// Of what is of one of these kinds alone, as [`Event::tells`] says; all where none is named.
    pub kinds: Vec<EventType>,
    /// From this id on.
    pub first: EventId,
    /// Up to this id.
    pub last: EventId,
}

impl AuditFilter {
    fn admits(&self, event: &Event) -> bool {
        self.actor.as_ref().is_none_or(|actor| event.actor.id.as_ref() == Some(actor))
            && (self.kinds.is_empty() || self.kinds.iter().any(|kind| event.tells(*kind)))
    }
}

/// How many records one call reads, and after how many calls an answer is due whatever was found: the caller goes on.
const RECORDS_AT_ONCE: i32 = 200;
const MOST_CALLS: usize = 10;

impl<M: Mode> Table<M> {
    /// The workspace's audit trail, newest first. A part may hold fewer than were asked for and go on all the same.
    ///
    /// # Errors
    /// [`millrace_domain::Error::Invalid`] for a cursor that is not of this list.
    pub async fn audit<S>(&self, scope: &Scope<S>, filter: &AuditFilter, part: &Part) -> Result<Page<Event>> {
        let pk = keys::audit_trail(scope.workspace()).pk;
        let mut before: Option<EventId> = part.start(&self.cursors, &pk)?;
        let mut items = Vec::new();
        for _ in 0..MOST_CALLS {
            let answer = self
                .client
                .query()
                .table_name(&*self.name)
                .key_condition_expression("pk = :pk AND sk BETWEEN :first AND :last")
                .expression_attribute_values(":pk", AttributeValue::S(pk.clone()))
                .expression_attribute_values(":first", AttributeValue::S(filter.first.to_string()))
                .expression_attribute_values(":last", AttributeValue::S(filter.last.to_string()))
                .set_exclusive_start_key(before.map(|id| key_attributes(&keys::audit(scope.workspace(), id))))
                .scan_index_forward(false)
                .limit(RECORDS_AT_ONCE)
                .send()
                .await
                .map_err(failed)?;
            for item in answer.items() {
                let event = event_of(text(item, DOCUMENT)?)?;
                if items.len() == usize::from(part.limit) {
                    return Ok(Page { items, next: before.map(|id| self.cursors.seal(&pk, &id)).transpose()? });
                }
                before = Some(event.id);
                items.extend(Some(event).filter(|event| filter.admits(event)));
            }
            if answer.last_evaluated_key().is_none() {
                return Ok(Page { items, next: None });
            }
        }
        Ok(Page { items, next: before.map(|id| self.cursors.seal(&pk, &id)).transpose()? })
    }
}

/// The most records that are read at once, filtered or not: a year of a busy team, and some megabytes.
pub const MOST_RECORDS: usize = 10_000;

impl<M: Mode> Table<M> {
    /// All of the trail that the filter admits, newest first.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `from` where there are more than [`MOST_RECORDS`] since.
    pub async fn whole_audit<S>(&self, scope: &Scope<S>, filter: &AuditFilter) -> Result<Vec<Event>> {
        let (first, last) = (filter.first.to_string(), filter.last.to_string());
        let (mut read, mut events) = (0, Vec::new());
        self.each_between(&keys::audit_trail(scope.workspace()), (&first, &last), |item| {
            read += 1;
            if read > MOST_RECORDS {
                let more = format!("has more than {MOST_RECORDS} entries behind it; ask for a shorter time");
                return Err(Error::field("from", more));
            }
            let event = event_of(text(&item, DOCUMENT)?)?;
            events.extend(Some(event).filter(|event| filter.admits(event)));
            Ok(())
        })
        .await?;
        events.reverse();
        Ok(events)
    }
}

impl Table<Write> {
    /// Puts an event into the trail of its workspace. One that comes again stands there once.
    ///
    /// # Errors
    /// As every write.
    pub async fn record(&self, scope: &Scope<Internal>, event: &Event) -> Result<()> {
        let mut transaction = Transaction::outside_workspaces();
        let record = AuditRecord(event.clone());
        transaction.put(&keys::audit(scope.workspace(), event.id), &record, Beside::default());
        self.commit(transaction).await
    }
}
