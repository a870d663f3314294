//! The timer as clients see it, and what its run becomes.

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

/// A timer that runs.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Timer {
    /// The task that it runs on.
    pub task: TaskKey,
    /// Since when.
    pub started_at: Timestamp,
    /// What on, possibly empty.
    pub note: Summary,
}

impl Timer {
    /// The timer that stands in the table.
    pub(crate) fn of(timer: &TimerRecord) -> Self {
        Self { task: timer.task.clone(), started_at: timer.started_at, note: timer.note.clone() }
    }
}

/// What became of a timer that was stopped.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StoppedTimer {
    /// The task that it ran on.
    pub task: TaskKey,
    /// Since when it ran.
    pub started_at: Timestamp,
    /// When it was stopped.
    pub stopped_at: Timestamp,
    /// How many minutes were logged: 0 for less than a minute, and for a timer that was discarded.
    pub minutes: u32,
    /// The logs that came of it: one for each day that it ran on. None where nothing was logged.
    pub logs: Vec<TimeLog>,
    /// What happened, as a sentence.
    pub detail: String,
}

/// A run that ends.
pub(crate) struct Ended {
    timer: TimerRecord,
    logs: Vec<TimeLogRecord>,
    /// What is told of it.
    pub stopped: StoppedTimer,
}

impl Ended {
    /// What the run of `timer`, which is `person`'s, becomes when it ends at `now`.
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

    /// The same, thrown away: nothing is logged.
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

/// Where the counter of a timer's task may stand: it may have been moved or archived while the timer ran, or be gone.
/// Only then is there more than one try.
pub(crate) const HOMES: [Home; 4] = [Home::Live, Home::Elsewhere, Home::Archive, Home::Nowhere];

/// Whether a write failed because the counter does not stand where it was looked for.
pub(crate) fn stands_elsewhere(error: &Error, home: Home) -> bool {
    matches!(error, Error::Conflict { .. }) && home != Home::Nowhere
}
