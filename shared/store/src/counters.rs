//! Counters of what happened on each day in each project, and of what stands open in it. Figures are read from these.
//!
//! An event is counted in one write with an item that says so: a second delivery finds that item, and adds nothing.

use crate::{
    board::BoardWithColumns,
    event::event_of,
    failure::failed,
    item::{Attributes, EVENT, Entity, Stored, text},
    keys,
    scope::{Internal, Scope},
    table::{Mode, Table, Write, read_all},
    tally::{Adding, Numbers, Tally},
    task::{Counter, TaskRecord},
    time::TimeLogRecord,
    transaction::{Beside, Transaction},
};
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{SignedDuration, Timestamp, civil::Date};
use millrace_domain::{
    Error, Result,
    calendar::Calendar,
    event::Event,
    id::{EventId, ProjectKey, TaskKey},
    measure::{Counted, Measured, measured},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// That an event was counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CountedEvent {
    /// When.
    pub at: Timestamp,
}

impl Entity for CountedEvent {
    const WHAT: &'static str = "counted event";
}

/// For how long it is known that an event was counted. Queues and their dead letters keep a message for 14 days each.
const KNOWN: SignedDuration = SignedDuration::from_hours(60 * 24);
/// How far back events are looked at that may not be counted yet.
const UNDER_WAY: SignedDuration = SignedDuration::from_hours(48);
/// How often each item was added to: a repair goes through only if nothing was counted meanwhile.
const WRITES: &str = "writes";

/// The counters of one project and day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayOfProject {
    /// The day.
    pub date: Date,
    /// The project.
    pub project: ProjectKey,
    /// Its numbers.
    pub numbers: Numbers,
}

/// That counters of a project were off, and what was put right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DriftRecord {
    /// When it was found.
    pub at: Timestamp,
    /// Events that no delivery had counted.
    pub missed_events: u32,
    /// Numbers of what stands open that were wrong.
    pub repaired_numbers: u32,
    /// Tasks whose logged time was wrong.
    pub repaired_tasks: u32,
}

impl Entity for DriftRecord {
    const WHAT: &'static str = "drift";
}

/// What a recount found to be off, and put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// The project.
    pub project: ProjectKey,
    /// What was added to each number to make it right.
    pub repaired: Numbers,
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
            Ok((project, without_writes(tally.numbers)))
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

    async fn between(&self, pk: &str, first: &str, last: &str) -> Result<Vec<Attributes>> {
        let (mut items, mut start) = (Vec::new(), None);
        loop {
            let answer = self
                .client
                .query()
                .table_name(&*self.name)
                .key_condition_expression("pk = :pk AND sk BETWEEN :first AND :last")
                .expression_attribute_values(":pk", AttributeValue::S(pk.to_owned()))
                .expression_attribute_values(":first", AttributeValue::S(first.to_owned()))
                .expression_attribute_values(":last", AttributeValue::S(last.to_owned()))
                .set_exclusive_start_key(start)
                .consistent_read(true)
                .send()
                .await
                .map_err(failed)?;
            items.extend(answer.items.unwrap_or_default());
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(items);
            }
        }
    }

    /// The events of a project since `since`, each once, oldest first.
    async fn events_since(
        &self,
        scope: &Scope<Internal>,
        project: &ProjectKey,
        since: Timestamp,
    ) -> Result<BTreeMap<EventId, Event>> {
        let run = keys::events(scope.workspace(), project);
        let items = self.between(&run.pk, &EventId::at(since).to_string(), "~").await?;
        // An event that came late stands in the feed a second time, without the attribute of events.
        let events = items.iter().filter_map(|item| text(item, EVENT).ok()).map(event_of);
        events.map(|event| event.map(|event| (event.id, event))).collect()
    }

    /// Those of `events` that were not counted yet.
    async fn uncounted(
        &self,
        scope: &Scope<Internal>,
        project: &ProjectKey,
        events: &BTreeMap<EventId, Event>,
    ) -> Result<Vec<Event>> {
        let key = |event: &Event| keys::counted_event(scope.workspace(), project, event.id);
        let found = self.batch(events.values().map(key).collect()).await?;
        let mut uncounted = Vec::new();
        for event in events.values() {
            if found.get::<CountedEvent>(&key(event))?.is_none() {
                uncounted.push(event.clone());
            }
        }
        Ok(uncounted)
    }
}

fn day_of_project(item: &Attributes) -> Result<DayOfProject> {
    let tally = Tally::read(item)?;
    let broken = || Error::internal(format!("{} is no day of a project", tally.key.sk));
    let (date, project) = tally.key.sk.split_once('#').ok_or_else(broken)?;
    Ok(DayOfProject {
        date: date.parse().map_err(Error::internal)?,
        project: project.parse().map_err(Error::internal)?,
        numbers: without_writes(tally.numbers.clone()),
    })
}

fn without_writes(mut numbers: Numbers) -> Numbers {
    numbers.remove(WRITES);
    numbers
}

fn with_writes(numbers: &Numbers) -> Numbers {
    let mut numbers = numbers.clone();
    numbers.insert(WRITES.to_owned(), 1);
    numbers
}

impl Table<Write> {
    /// Counts an event; false where it was counted before.
    ///
    /// # Errors
    /// As every write.
    pub async fn count_event(
        &self,
        scope: &Scope<Internal>,
        project: &ProjectKey,
        event: &Event,
        measured: &Measured,
        now: Timestamp,
    ) -> Result<bool> {
        let mut change = Transaction::outside_workspaces();
        let key = keys::counted_event(scope.workspace(), project, event.id);
        let known = Beside::until(now + KNOWN);
        change.put_new(&key, &CountedEvent { at: now }, known, || Error::conflict("counted before"));
        for (day, numbers) in &measured.days {
            let key = keys::counted_day(scope.workspace(), project, *day);
            change.tally(&key, &with_writes(numbers), Adding::default(), || Error::Raced);
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

    /// Recounts what stands open in a project from its cards, and puts its counters right; none where they are.
    ///
    /// Exact while work goes on: what is committed and not counted yet is left to be counted, and where anything was
    /// committed or counted between the reads, nothing is written.
    ///
    /// # Errors
    /// [`Error::Raced`] where something was: try again.
    pub async fn recount(
        &self,
        scope: &Scope<Internal>,
        project: &ProjectKey,
        calendar: &Calendar,
        now: Timestamp,
    ) -> Result<Option<Drift>> {
        let since = now - UNDER_WAY;
        let key = keys::counted_project(scope.workspace(), project);
        let (before, stands) = futures::try_join!(self.events_since(scope, project, since), self.tally(&key))?;
        let uncounted = self.uncounted(scope, project, &before).await?;
        let (cards, boards) = futures::try_join!(self.tasks(scope, project, false), self.boards(scope, project))?;
        let after = self.events_since(scope, project, since).await?;
        if after.len() != before.len() {
            return Err(Error::Raced);
        }
        let mut counted = Numbers::new();
        for card in &cards {
            let fields = &card.value.0;
            let own = |board: &&BoardWithColumns| board.board.value.id == fields.board_id;
            let Some(board) = boards.iter().find(own) else { continue };
            Counted::of(fields, board.status(fields)?).add_to(&mut counted, 1);
        }
        for event in &uncounted {
            for (name, number) in measured(event, calendar).now {
                *counted.entry(name).or_insert(0) -= number;
            }
        }
        let writes = stands.number(WRITES);
        let mut repaired = Numbers::new();
        let former = without_writes(stands.numbers);
        for name in former.keys().chain(counted.keys()) {
            let difference = counted.get(name).unwrap_or(&0) - former.get(name).unwrap_or(&0);
            if difference != 0 {
                repaired.insert(name.clone(), difference);
            }
        }
        if repaired.is_empty() {
            return Ok(None);
        }
        let mut change = Transaction::outside_workspaces();
        let unchanged = Adding { expects: Some((WRITES, writes)), ..Adding::default() };
        change.tally(&key, &with_writes(&repaired), unchanged, || Error::Raced);
        self.commit(change).await?;
        Ok(Some(Drift { project: project.clone(), repaired }))
    }

    /// Counts the events of a project that no delivery has counted; how many there were.
    ///
    /// # Errors
    /// As every write.
    pub async fn count_missed(
        &self,
        scope: &Scope<Internal>,
        project: &ProjectKey,
        calendar: &Calendar,
        now: Timestamp,
    ) -> Result<u32> {
        let events = self.events_since(scope, project, now - UNDER_WAY).await?;
        let mut missed = 0;
        for event in self.uncounted(scope, project, &events).await? {
            let measured = measured(&event, calendar);
            if !measured.is_empty() && self.count_event(scope, project, &event, &measured, now).await? {
                missed += 1;
            }
        }
        Ok(missed)
    }

    /// Recounts the minutes that were logged on each live task of a project, and puts them right; the tasks that were
    /// off.
    ///
    /// # Errors
    /// As every write.
    pub async fn recount_time(&self, scope: &Scope<Internal>, project: &ProjectKey) -> Result<Vec<TaskKey>> {
        let mut repaired = Vec::new();
        for card in self.tasks(scope, project, false).await? {
            let TaskRecord(fields, counters) = &card.value;
            // Time that nobody logged is the usual case, and needs no look at the logs: logging it counts it.
            if counters.logged_minutes == 0 {
                continue;
            }
            let logs = self.all(&keys::time_logs(scope.workspace(), fields.keys().home())).await?;
            let logs: Vec<Stored<TimeLogRecord>> = read_all(&logs)?;
            let minutes: u32 = logs.iter().map(|log| log.value.minutes).sum();
            let difference = i64::from(minutes) - i64::from(counters.logged_minutes);
            if difference != 0 {
                let mut change = Transaction::outside_workspaces();
                change.recount(scope, &fields.key, Counter::LoggedMinutes, counters.logged_minutes, minutes);
                match self.commit(change).await {
                    // Somebody logged time meanwhile: the next run looks again.
                    Err(Error::Raced) => {}
                    done => {
                        done?;
                        repaired.push(fields.key.clone());
                    }
                }
            }
        }
        Ok(repaired)
    }

    /// Notes that counters of a project were off.
    ///
    /// # Errors
    /// As every write.
    pub async fn note_drift(
        &self,
        scope: &Scope<Internal>,
        project: &ProjectKey,
        missed_events: u32,
        drift: Option<&Drift>,
        repaired_tasks: usize,
        at: Timestamp,
    ) -> Result<()> {
        let repaired_numbers = drift.map_or(0, |drift| drift.repaired.len()) as u32;
        let record = DriftRecord { at, missed_events, repaired_numbers, repaired_tasks: repaired_tasks as u32 };
        let mut change = Transaction::outside_workspaces();
        change.put(&keys::drift(scope.workspace(), project), &record, Beside::default());
        self.commit(change).await
    }
}
