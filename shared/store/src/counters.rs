//! Counters of daily activity and open work per project, from which figures are read.
//!
//! An event is counted in one write together with a marker: a redelivery finds the marker and adds nothing.

use crate::core::{
    item::{Attributes, Entity, Stored},
    keys,
    scope::{Internal, Scope},
    table::{Mode, Table, Write, read_all},
    tally::{Adding, Numbers, Tally},
    transaction::{Beside, Transaction},
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use millrace_domain::{Error, Result, event::Event, id::ProjectKey, insight::measure::measured};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// That an event was counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CountedEvent {
    /// The time.
    pub at: Timestamp,
    /// The day that it was counted as of: the workspace may have moved to another time zone since.
    #[serde(default)]
    pub day: Option<Date>,
}

impl Entity for CountedEvent {
    const WHAT: &'static str = "counted event";
}

/// For how long it is known that an event was counted. Queues and their dead letters keep a message for 14 days each.
const KNOWN: SignedDuration = SignedDuration::from_hours(60 * 24);
/// How often each item was added to: a repair goes through only if nothing was counted meanwhile.
pub(crate) const WRITES: &str = "writes";
/// How many events were counted on a day that came before it: time can be logged for days to come.
pub(crate) const AHEAD: &str = "ahead";
/// When a project was last recounted, and when all of it was: seconds since 1970.
pub(crate) const RECOUNTED: &str = "recounted";
pub(crate) const RECOUNTED_WHOLE: &str = "recounted_whole";

/// The counters of one project and day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayOfProject {
    /// The date.
    pub date: Date,
    /// The project.
    pub project: ProjectKey,
    /// Its numbers.
    pub numbers: Numbers,
}

/// That counters of a project were off, and what was put right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DriftRecord {
    /// When the difference was found.
    pub at: Timestamp,
    /// Events that had not been counted.
    pub missed_events: u32,
    /// Corrected counters of open work.
    pub repaired_numbers: u32,
    /// Corrected daily counters.
    #[serde(default)]
    pub repaired_day_numbers: u32,
    /// Tasks that had something wrong counted beside them.
    pub repaired_tasks: u32,
}

impl Entity for DriftRecord {
    const WHAT: &'static str = "drift";
}

impl<M: Mode> Table<M> {
    /// The counters of all projects of the workspace from `from` to `to`. Grows with days and projects, not with tasks.
    ///
    /// # Errors
    /// As every read.
    pub async fn counted_days<S>(&self, scope: &Scope<S>, from: Date, to: Date) -> Result<Vec<DayOfProject>> {
        let run = keys::counted_days(scope.workspace());
        let items = self.between(&run.pk, &from.to_string(), &format!("{to}#~")).await?;
        items.iter().map(day_of_project).collect()
    }

    /// What stands open in each project of the workspace.
    ///
    /// # Errors
    /// As every read.
    pub async fn counted_now<S>(&self, scope: &Scope<S>) -> Result<BTreeMap<ProjectKey, Numbers>> {
        let run = keys::counted_now(scope.workspace());
        let items = self.all(&run).await?;
        let project = |item: &Attributes| {
            let tally = Tally::read(item)?;
            let project = tally.key.sk.strip_prefix(&run.sk).unwrap_or_default().parse().map_err(Error::internal)?;
            Ok((project, shown(tally.numbers)))
        };
        items.iter().map(project).collect()
    }

    /// Where counters of the workspace were off the last time, by project.
    ///
    /// # Errors
    /// As every read.
    pub async fn drifts<S>(&self, scope: &Scope<S>) -> Result<BTreeMap<ProjectKey, DriftRecord>> {
        let run = keys::drifts(scope.workspace());
        let project = |drift: Stored<DriftRecord>| {
            let key = drift.key.sk.strip_prefix(&run.sk).unwrap_or_default().parse().map_err(Error::internal)?;
            Ok((key, drift.value))
        };
        read_all(&self.all(&run).await?)?.into_iter().map(project).collect()
    }
}

fn day_of_project(item: &Attributes) -> Result<DayOfProject> {
    let tally = Tally::read(item)?;
    let broken = || Error::internal(format!("{} is no day of a project", tally.key.sk));
    let (date, project) = tally.key.sk.split_once('#').ok_or_else(broken)?;
    Ok(DayOfProject {
        date: date.parse().map_err(Error::internal)?,
        project: project.parse().map_err(Error::internal)?,
        numbers: shown(tally.numbers.clone()),
    })
}

/// The numbers that are figures: without those that recounting needs.
pub(crate) fn shown(mut numbers: Numbers) -> Numbers {
    numbers.retain(|name, _| ![WRITES, AHEAD, RECOUNTED, RECOUNTED_WHOLE].contains(&name.as_str()));
    numbers
}

pub(crate) fn with_writes(numbers: &Numbers) -> Numbers {
    let mut numbers = numbers.clone();
    numbers.insert(WRITES.to_owned(), 1);
    numbers
}

impl Table<Write> {
    /// Counts an event as of `day`; false where it was counted before, or there is nothing to count of it.
    ///
    /// # Errors
    /// As every write.
    pub async fn count_event(
        &self,
        scope: &Scope<Internal>,
        project: &ProjectKey,
        event: &Event,
        day: Date,
        now: Timestamp,
    ) -> Result<bool> {
        let measured = measured(event, day);
        if measured.is_empty() {
            return Ok(false);
        }
        let mut change = Transaction::outside_workspaces();
        let key = keys::counted_event(scope.workspace(), project, event.id);
        let counted = CountedEvent { at: now, day: Some(day) };
        change.put_new(&key, &counted, Beside::until(now + KNOWN), || Error::conflict("counted before"));
        for (date, numbers) in &measured.days {
            let key = keys::counted_day(scope.workspace(), project, *date);
            let mut numbers = with_writes(numbers);
            if *date > day {
                numbers.insert(AHEAD.to_owned(), 1);
            }
            change.tally(&key, &numbers, Adding::default(), || Error::Raced);
        }
        if !measured.now.is_empty() {
            let key = keys::counted_project(scope.workspace(), project);
            let due = Some(keys::due_counters(scope.workspace(), project));
            change.tally(&key, &with_writes(&measured.now), Adding { due, ..Adding::default() }, || Error::Raced);
        }
        match self.commit(change).await {
            Ok(()) => Ok(true),
            Err(Error::Conflict { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
