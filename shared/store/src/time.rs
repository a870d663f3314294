//! Time on tasks: time logs, daily totals, and the running timer.
//!
//! A log is stored with its task. A person's daily totals, overall and per task, are counters in the person's own
//! partition: a timesheet is one Query of a few small items, and the daily limit is a condition on one number.

use crate::{
    core::{
        cursor::Page,
        item::{Entity, Stored},
        keys,
        scope::{Internal, Scope},
        table::{Mode, Part, Table},
        tally::{Adding, Numbers, Tally},
        transaction::{Beside, Transaction},
    },
    task::{Counter, TaskRecord},
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use millrace_domain::{
    Error, Result,
    event::Event,
    id::{BoardId, EventId, TaskKey, UserId},
    task::transfer::TaskKeys,
    text::Summary,
    time::{MOST_MINUTES_A_DAY, TimeLog, hours, timesheet::LoggedDay},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Time that a person logged on a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TimeLogRecord {
    /// The id of the event that first told of it.
    pub id: EventId,
    /// The task.
    pub task: TaskKey,
    /// The person who worked.
    pub person: UserId,
    /// The date.
    pub date: Date,
    /// The duration in minutes.
    pub minutes: u32,
    /// The note.
    pub note: Summary,
    /// Whether a timer recorded it.
    pub timed: bool,
    /// When it was logged.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl TimeLogRecord {
    /// The log as clients see it.
    pub fn resource(&self, version: u64) -> TimeLog {
        TimeLog {
            id: self.id,
            task: self.task.clone(),
            person: self.person.clone(),
            date: self.date,
            minutes: self.minutes,
            hours: hours(self.minutes),
            note: self.note.clone(),
            timed: self.timed,
            version,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

impl Entity for TimeLogRecord {
    const WHAT: &'static str = "time log";
}

/// The timer of a person: there is one item, so one runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TimerRecord {
    /// The task it runs on.
    pub task: TaskKey,
    /// The board that the task was on when it began.
    pub board_id: BoardId,
    /// When it was started.
    pub started_at: Timestamp,
    /// The note.
    #[serde(default)]
    pub note: Summary,
    /// The keys that the task had in other projects when it began.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<TaskKey>,
}

impl TimerRecord {
    /// The keys of its task, as far as they were known when it began.
    pub fn keys(&self) -> TaskKeys {
        TaskKeys { key: self.task.clone(), former: self.former.clone() }
    }
}

impl Entity for TimerRecord {
    const WHAT: &'static str = "timer";
}

/// That a timer was started because a task came into work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Tracked {
    /// With which event.
    by: EventId,
}

impl Entity for Tracked {
    const WHAT: &'static str = "tracked step";
}

/// For how long it is known: queues deliver nothing again after two weeks.
const TRACKED_FOR: SignedDuration = SignedDuration::from_hours(24 * 15);

/// Where a task's own counter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// Among the live tasks, where it was read just now. One that was archived or moved since is looked at again.
    Seen,
    /// Among the live tasks.
    Live,
    /// Among the live tasks of the project that it was moved to.
    Elsewhere,
    /// In the archive.
    Archive,
    /// Nowhere any more: time that was worked on it counts for its person alone.
    Nowhere,
}

/// The name of a day's sum; no task bears it.
const IN_ALL: &str = "all";

impl<M: Mode> Table<M> {
    /// A part of what was logged on a task, with the task, live or archived.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such task.
    pub async fn time_logs<S>(
        &self,
        scope: &Scope<S>,
        task: &TaskKey,
        part: &Part,
    ) -> Result<Page<Stored<TimeLogRecord>>> {
        let run = keys::time_logs(scope.workspace(), scope.home(task));
        let (page, _) = futures::try_join!(self.page(&run, part), self.task_alone(scope, task))?;
        Ok(page)
    }

    /// One log.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn time_log<S>(&self, scope: &Scope<S>, task: &TaskKey, log: EventId) -> Result<Stored<TimeLogRecord>> {
        let found = self.get(&keys::time_log(scope.workspace(), scope.home(task), log)).await?;
        found.ok_or_else(|| Error::not_found("time log"))
    }

    /// A task's fields, live or archived, without anything around them.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn task_alone<S>(&self, scope: &Scope<S>, task: &TaskKey) -> Result<Stored<TaskRecord>> {
        let (live, archived) = (keys::card(scope.workspace(), task), keys::archived_card(scope.workspace(), task));
        let found = self.batch(vec![live.clone(), archived.clone()]).await?;
        let found = found.get(&live)?.map_or_else(|| found.get(&archived), |live| Ok(Some(live)))?;
        found.ok_or_else(|| Error::not_found("task"))
    }

    /// The timer that runs for `person`; none where none does.
    ///
    /// # Errors
    /// As every read.
    pub async fn timer<S>(&self, scope: &Scope<S>, person: &UserId) -> Result<Option<Stored<TimerRecord>>> {
        self.get(&keys::timer(scope.workspace(), person)).await
    }

    /// Whether `person`'s timer was started because of `event` before.
    ///
    /// # Errors
    /// As every read.
    pub async fn was_tracked(&self, scope: &Scope<Internal>, event: &Event, person: &UserId) -> Result<bool> {
        let found = self.get::<Tracked>(&keys::tracked(scope.workspace(), person, event.id)).await?;
        Ok(found.is_some())
    }

    /// What `person` logged from `from` to `to`, by day. Days without logs are left out.
    ///
    /// # Errors
    /// As every read.
    pub async fn logged_days<S>(
        &self,
        scope: &Scope<S>,
        person: &UserId,
        from: Date,
        to: Date,
    ) -> Result<Vec<LoggedDay>> {
        let (first, last) =
            (keys::logged_day(scope.workspace(), person, from), keys::logged_day(scope.workspace(), person, to));
        let mut days = Vec::new();
        for item in self.between(&first.pk, &first.sk, &last.sk).await? {
            let day = logged_day(&Tally::read(&item)?)?;
            if !day.tasks.is_empty() {
                days.push(day);
            }
        }
        Ok(days)
    }
}

fn logged_day(tally: &Tally) -> Result<LoggedDay> {
    let mut tasks = BTreeMap::new();
    for (name, minutes) in &tally.numbers {
        if name != IN_ALL {
            let minutes = u32::try_from(*minutes).map_err(Error::internal)?;
            tasks.insert(name.parse().map_err(Error::internal)?, minutes);
        }
    }
    Ok(LoggedDay { date: tally.key.sk.parse().map_err(Error::internal)?, tasks })
}

impl Transaction {
    /// New logs of one person on one task.
    pub fn log_time<S>(&mut self, scope: &Scope<S>, logs: &[TimeLogRecord], home: Home, field: &'static str) {
        for log in logs {
            let key = keys::time_log(scope.workspace(), scope.home(&log.task), log.id);
            self.put_new(&key, log, Beside::default(), || Error::Raced);
            self.count_day(scope, log, i64::from(log.minutes), field);
        }
        if let Some(first) = logs.first() {
            let minutes = logs.iter().map(|log| i64::from(log.minutes)).sum();
            self.count_minutes(scope, &first.task, minutes, home);
        }
    }

    /// A log that comes from elsewhere. What the task counts is said with the task, what the day counts with
    /// [`Transaction::import_day`].
    pub fn import_time<S>(&mut self, scope: &Scope<S>, log: &TimeLogRecord) {
        let key = keys::time_log(scope.workspace(), &log.task, log.id);
        self.put_new(&key, log, Beside::default(), || Error::Raced);
    }

    /// Adds what a person logged elsewhere on a day, by task. It was worked, however long the day gets by it.
    pub fn import_day<S>(&mut self, scope: &Scope<S>, person: &UserId, day: Date, tasks: &BTreeMap<TaskKey, u32>) {
        let mut changes: Numbers =
            tasks.iter().map(|(task, minutes)| (task.to_string(), i64::from(*minutes))).collect();
        changes.insert(IN_ALL.to_owned(), tasks.values().map(|minutes| i64::from(*minutes)).sum());
        let key = keys::logged_day(scope.workspace(), person, day);
        self.tally(&key, &changes, Adding::default(), || Error::Raced);
    }

    /// New content for a log; its version after the write.
    pub fn change_time<S>(&mut self, scope: &Scope<S>, stored: &Stored<TimeLogRecord>, log: &TimeLogRecord) -> u64 {
        let before = &stored.value;
        let difference = i64::from(log.minutes) - i64::from(before.minutes);
        if before.date != log.date {
            self.count_day(scope, before, -i64::from(before.minutes), "date");
            self.count_day(scope, log, i64::from(log.minutes), "date");
        } else if difference != 0 {
            self.count_day(scope, log, difference, "minutes");
        }
        self.count_minutes(scope, &log.task, difference, Home::Seen);
        self.update(stored, log, None)
    }

    /// Removes a log.
    pub fn remove_time<S>(&mut self, scope: &Scope<S>, stored: &Stored<TimeLogRecord>) {
        let minutes = -i64::from(stored.value.minutes);
        self.delete(stored);
        self.count_day(scope, &stored.value, minutes, "date");
        self.count_minutes(scope, &stored.value.task, minutes, Home::Seen);
    }

    /// Starts a timer, in the place of the one that `running` was read as.
    pub fn start_timer<S>(
        &mut self,
        scope: &Scope<S>,
        person: &UserId,
        running: Option<&Stored<TimerRecord>>,
        timer: &TimerRecord,
    ) {
        match running {
            Some(running) => {
                self.update(running, timer, None);
            }
            None => {
                let key = keys::timer(scope.workspace(), person);
                self.put_new(&key, timer, Beside::default(), || Error::Raced);
            }
        }
    }

    /// A person's timer is started because of `event`, once.
    pub fn track(&mut self, scope: &Scope<Internal>, event: &Event, person: &UserId) {
        let key = keys::tracked(scope.workspace(), person, event.id);
        self.put_new(&key, &Tracked { by: event.id }, Beside::until(event.at + TRACKED_FOR), || Error::Raced);
    }

    /// Adds to what the log's person logged on its day; `field` is what a day that would become too long names.
    fn count_day<S>(&mut self, scope: &Scope<S>, log: &TimeLogRecord, minutes: i64, field: &'static str) {
        let key = keys::logged_day(scope.workspace(), &log.person, log.date);
        let changes = Numbers::from([(IN_ALL.to_owned(), minutes), (log.task.to_string(), minutes)]);
        let limit = Adding { most: Some((IN_ALL, i64::from(MOST_MINUTES_A_DAY))), ..Adding::default() };
        let date = log.date;
        let too_long = move || Error::field(field, format!("{date} would have more than 24 hours"));
        self.tally(&key, &changes, limit, too_long);
    }

    fn count_minutes<S>(&mut self, scope: &Scope<S>, task: &TaskKey, minutes: i64, home: Home) {
        match home {
            Home::Seen => self.count(scope, task, Counter::LoggedMinutes, minutes),
            Home::Live | Home::Elsewhere => self.count_at(scope, task, false, Counter::LoggedMinutes, minutes),
            Home::Archive => self.count_at(scope, task, true, Counter::LoggedMinutes, minutes),
            Home::Nowhere => {}
        }
    }
}
