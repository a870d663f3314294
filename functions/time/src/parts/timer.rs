//! The representation of a timer, and what happens to its time.

use crate::parts::entry::Writer;
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    id::{EventId, TaskKey, UserId},
    text::Summary,
    time::{LONGEST_RUN, TimeLog, calendar::Calendar, days_of_run},
};
use millrace_store::{
    Scope, Transaction,
    time::{Home, TimeLogRecord, TimerRecord},
};
use schemars::JsonSchema;
use serde::Serialize;

/// A running timer.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Timer {
    /// The task it runs on.
    pub task: TaskKey,
    /// When it was started.
    pub started_at: Timestamp,
    /// The note; may be empty.
    pub note: Summary,
}

impl Timer {
    /// The stored timer.
    pub(crate) fn of(timer: &TimerRecord) -> Self {
        Self { task: timer.task.clone(), started_at: timer.started_at, note: timer.note.clone() }
    }
}

/// The result of stopping a timer.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StoppedTimer {
    /// The task it ran on.
    pub task: TaskKey,
    /// When it was started.
    pub started_at: Timestamp,
    /// When it was stopped.
    pub stopped_at: Timestamp,
    /// The logged minutes: 0 for less than a minute and for a discarded timer.
    pub minutes: u32,
    /// The resulting time logs, one per day. Empty if nothing was logged.
    pub logs: Vec<TimeLog>,
    /// The result as a sentence.
    pub detail: String,
}

/// A timer run that ends.
pub(crate) struct Ended {
    timer: TimerRecord,
    logs: Vec<TimeLogRecord>,
    /// Its representation.
    pub stopped: StoppedTimer,
}

impl Ended {
    /// The result of `person`'s `timer` when it ends at `now`.
    pub(crate) fn of(person: &UserId, timer: &TimerRecord, calendar: &Calendar, now: Timestamp) -> Self {
        let days = days_of_run(timer.started_at, now, calendar);
        let log = |(date, minutes)| TimeLogRecord {
            id: EventId::at(now),
            task: timer.task.clone(),
            person: person.clone(),
            date,
            minutes,
            note: timer.note.clone(),
            timed: true,
            created_at: now,
            updated_at: now,
        };
        let logs: Vec<TimeLogRecord> = days.into_iter().map(log).collect();
        let minutes = logs.iter().map(|log| log.minutes).sum();
        let detail = if logs.is_empty() {
            "Less than a minute ran, and nothing was logged.".to_owned()
        } else if now.duration_since(timer.started_at) > LONGEST_RUN {
            "The timer ran for more than a day, and 24 hours were logged: change the log if that is too much."
                .to_owned()
        } else {
            format!("{minutes} min were logged on {}.", timer.task)
        };
        let stopped = StoppedTimer {
            task: timer.task.clone(),
            started_at: timer.started_at,
            stopped_at: now,
            minutes,
            logs: logs.iter().map(|log| log.resource(1)).collect(),
            detail,
        };
        Self { timer: timer.clone(), logs, stopped }
    }

    /// The same, discarded: nothing is logged.
    pub(crate) fn discarded(mut self) -> Self {
        self.logs.clear();
        self.stopped.logs.clear();
        self.stopped.minutes = 0;
        self.stopped.detail = "The timer was discarded, and nothing was logged.".to_owned();
        self
    }

    /// Puts the run's logs into `change`, with the events that tell of them.
    pub(crate) fn write<S>(
        &self,
        writer: &Writer,
        scope: &Scope<S>,
        change: &mut Transaction,
        home: Home,
    ) -> Result<()> {
        change.log_time(scope, &self.logs, home, "timer");
        for log in &self.logs {
            change.event(&writer.added(&self.timer.board_id, log)?);
        }
        Ok(())
    }
}

/// The possible locations of the counter of a timer's task: it may have been moved to another project, archived or
/// deleted while the timer ran. Only then are there several attempts.
pub(crate) const HOMES: [Home; 4] = [Home::Live, Home::Elsewhere, Home::Archive, Home::Nowhere];

/// Whether a write failed because the counter is at another location.
pub(crate) fn stands_elsewhere(error: &Error, home: Home) -> bool {
    matches!(error, Error::Conflict { .. }) && home != Home::Nowhere
}
