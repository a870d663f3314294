//! A log as clients see it, and the event that tells of it.

use jiff::{Timestamp, civil::Date};
use millrace_domain::{
    Error, Result,
    event::{Event, FieldChange},
    id::{BoardId, EventId, TaskKey, UserId},
    resource::Versioned,
    text::Summary,
    time::hours,
};
use millrace_endpoint::call::to_value;
use millrace_store::{Scope, Stored, time::TimeLogRecord};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

/// Time that a person logged on a task.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TimeLog {
    /// Its id.
    pub id: EventId,
    /// The task.
    pub task: TaskKey,
    /// Who worked.
    pub person: UserId,
    /// On which day.
    pub date: Date,
    /// For how many minutes.
    pub minutes: u32,
    /// The same in hours.
    pub hours: f64,
    /// What on, possibly empty.
    pub note: Summary,
    /// Whether a timer measured it.
    pub timed: bool,
    /// Grows by one with each write.
    pub version: u64,
    /// When it was logged.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Versioned for TimeLog {
    fn version(&self) -> u64 {
        self.version
    }
}

impl TimeLog {
    /// The log that stands in the table with `version`.
    pub(crate) fn of(log: TimeLogRecord, version: u64) -> Self {
        Self {
            id: log.id,
            task: log.task,
            person: log.person,
            date: log.date,
            minutes: log.minutes,
            hours: hours(log.minutes),
            note: log.note,
            timed: log.timed,
            version,
            created_at: log.created_at,
            updated_at: log.updated_at,
        }
    }
}

/// Refuses whoever did not log it.
pub(crate) fn expect_own(scope: &Scope, log: &Stored<TimeLogRecord>) -> Result<()> {
    if log.value.person == *scope.person() {
        return Ok(());
    }
    Err(Error::Forbidden("Only the person who logged this time changes it.".to_owned()))
}

/// `event`, telling of a log: what it was before, and what it is now. Its `changes` always name `minutes` and
/// `date`, so that whoever sums up takes the one off and adds the other.
pub(crate) fn told(
    mut event: Event,
    board: &BoardId,
    before: Option<&TimeLogRecord>,
    after: Option<(&TimeLogRecord, u64)>,
) -> Result<Event> {
    let now = after.map(|(log, _)| log);
    let Some(log) = now.or(before) else { return Err(Error::internal("an event about no time log")) };
    event.project = Some(log.task.project().clone());
    if before.is_none() {
        event.id = log.id;
    }
    event.board_id = Some(board.clone());
    event.task = Some(log.task.clone());
    let change = |field: &str, read: fn(&TimeLogRecord) -> Value| FieldChange {
        field: field.to_owned(),
        from: before.map_or(Value::Null, read),
        to: now.map_or(Value::Null, read),
    };
    event.changes =
        vec![change("minutes", |log| json!(log.minutes)), change("date", |log| json!(log.date.to_string()))];
    event.data = match after {
        Some((log, version)) => json!({"time_log": to_value(&TimeLog::of(log.clone(), version))?}),
        None => json!({"time_log_removed": log.id}),
    };
    Ok(event)
}
