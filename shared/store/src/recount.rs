//! Recounting denormalised counters and correcting them while work continues.
//!
//! Each correction is conditional on what was read: if anything changed since, nothing is written and the next run
//! tries again.

mod standing;
mod tasks;
use crate::{
    core::{
        item::{EVENT, text},
        keys,
        scope::{Internal, Scope},
        table::{Mode, Table, Write},
        tally::{Adding, Numbers},
        transaction::{Beside, Transaction},
    },
    counters::{AHEAD, CountedEvent, DriftRecord, RECOUNTED, RECOUNTED_WHOLE, WRITES, shown, with_writes},
    event::event_of,
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date, tz::TimeZone};
use millrace_domain::{
    Error, Result,
    event::Event,
    id::{EventId, ProjectKey, TaskKey},
    insight::measure::{Measure, counts, difference, recounted},
    time::calendar::{Calendar, days},
};
use std::collections::{BTreeMap, BTreeSet};

/// How many days each round recounts, today with them.
const DAYS_A_ROUND: i32 = 2;
/// How many days a round recounts that looks at all of a project. Until then every event is there: what is archived stays
/// for longer than this before its events go with it.
const DAYS_OF_ALL: i32 = 28;
/// How many hours before a day begins anywhere it has begun somewhere.
const FIRST_ZONE: SignedDuration = SignedDuration::from_hours(14);
/// A round that breaks off is begun again within this time, and leaves out what it has recounted.
const A_ROUND: SignedDuration = SignedDuration::from_hours(1);

/// What one round recounts of a project.
#[derive(Debug)]
pub struct Round {
    /// All of it, or only what anything happened to since the day before.
    pub whole: bool,
    /// From when on events are looked at.
    since: Timestamp,
    /// The days that are recounted.
    days: (Date, Date),
    /// The tasks that anything happened to.
    touched: BTreeSet<TaskKey>,
    /// When it was last recounted, and when all of it was.
    former: (i64, i64),
}

/// What a round found to be off, and put right.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Events that had not been counted.
    pub missed_events: u32,
    /// What was added to the numbers of what stands open.
    pub standing: Numbers,
    /// What was added to the numbers of days.
    pub days: BTreeMap<Date, Numbers>,
    /// The tasks that had something wrong counted beside them.
    pub tasks: Vec<TaskKey>,
}

impl Found {
    /// Whether everything was right.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

fn start_of(days: i32, now: Timestamp) -> Result<(Timestamp, Date)> {
    let first = now.to_zoned(TimeZone::UTC).date().saturating_sub((days - 1).days());
    let midnight = first.to_zoned(TimeZone::UTC).map_err(Error::internal)?.timestamp();
    Ok((midnight - FIRST_ZONE, first))
}

impl<M: Mode> Table<M> {
    /// What is to be recounted of a project now; nothing where nothing happened in it, or this round was there before.
    ///
    /// # Errors
    /// As every read.
    pub async fn round(&self, scope: &Scope<Internal>, project: &ProjectKey, now: Timestamp) -> Result<Option<Round>> {
        let key = keys::counted_project(scope.workspace(), project);
        let (since, first) = start_of(DAYS_A_ROUND, now)?;
        let (events, stands) = futures::try_join!(self.events_since(scope, project, since), self.tally(&key))?;
        let former = (stands.number(RECOUNTED), stands.number(RECOUNTED_WHOLE));
        let ago = |seconds: i64| SignedDuration::from_secs(now.as_second() - seconds);
        let whole = ago(former.1) >= SignedDuration::from_hours(24 * i64::from(DAYS_OF_ALL));
        if ago(former.0) < A_ROUND || (events.is_empty() && !whole) {
            return Ok(None);
        }
        let last = now.to_zoned(TimeZone::UTC).date().saturating_add(1.day());
        let (since, first) = if whole { start_of(DAYS_OF_ALL, now)? } else { (since, first) };
        let touched = events.values().flat_map(tasks_of).filter(|task| task.project() == project).collect();
        Ok(Some(Round { whole, since, days: (first, last), touched, former }))
    }

    /// The events of a project since `since`, each once, oldest first.
    async fn events_since(
        &self,
        scope: &Scope<Internal>,
        project: &ProjectKey,
        since: Timestamp,
    ) -> Result<BTreeMap<EventId, Event>> {
        let run = keys::events(scope.workspace(), project);
        let items = self.between(&run.pk, &EventId::first_at(since).to_string(), "~").await?;
        // An event that came late stands in the feed a second time, without the attribute of events.
        let events = items.iter().filter_map(|item| text(item, EVENT).ok()).map(event_of);
        events.map(|event| event.map(|event| (event.id, event))).collect()
    }

    /// That each of `events` was counted; those that were not are not in it.
    async fn counted(
        &self,
        scope: &Scope<Internal>,
        project: &ProjectKey,
        events: &BTreeMap<EventId, Event>,
    ) -> Result<BTreeMap<EventId, CountedEvent>> {
        let key = |event: EventId| keys::counted_event(scope.workspace(), project, event);
        let found = self.batch(events.keys().map(|event| key(*event)).collect()).await?;
        let mut counted = BTreeMap::new();
        for event in events.keys() {
            if let Some(stored) = found.get::<CountedEvent>(&key(*event))? {
                counted.insert(*event, stored.value);
            }
        }
        Ok(counted)
    }
}

/// The tasks whose counters an event may have to do with.
fn tasks_of(event: &Event) -> Vec<TaskKey> {
    let parents = event.changes.iter().filter(|change| change.field == "parent").map(|change| &change.from);
    let parents = parents.filter_map(|parent| parent.as_str()?.parse().ok());
    event.task.iter().cloned().chain(parents).collect()
}

impl Table<Write> {
    /// Notes that counters of a project were off.
    ///
    /// # Errors
    /// As every write.
    pub async fn note_drift(
        &self,
        scope: &Scope<Internal>,
        project: &ProjectKey,
        found: &Found,
        at: Timestamp,
    ) -> Result<()> {
        let record = DriftRecord {
            at,
            missed_events: found.missed_events,
            repaired_numbers: found.standing.len() as u32,
            repaired_day_numbers: found.days.values().map(Numbers::len).sum::<usize>() as u32,
            repaired_tasks: found.tasks.len() as u32,
        };
        let mut change = Transaction::outside_workspaces();
        change.put(&keys::drift(scope.workspace(), project), &record, Beside::default());
        self.commit(change).await
    }

    /// Counts the events of a project that no delivery has counted; how many there were.
    ///
    /// # Errors
    /// As every write.
    pub async fn count_missed(
        &self,
        scope: &Scope<Internal>,
        project: &ProjectKey,
        round: &Round,
        calendar: &Calendar,
        now: Timestamp,
    ) -> Result<u32> {
        let events = self.events_since(scope, project, round.since).await?;
        let counted = self.counted(scope, project, &events).await?;
        let mut missed = 0;
        for event in events.values().filter(|event| !counted.contains_key(&event.id)) {
            missed += u32::from(self.count_event(scope, project, event, calendar.day_at(event.at), now).await?);
        }
        Ok(missed)
    }

    /// Recounts the days of a project from the events that were counted, and puts them right; what was added to each.
    ///
    /// Exact while work goes on: the days are read before the events, so what is counted after them is a further write to
    /// its day, and a day that was written is left to the next round.
    ///
    /// # Errors
    /// As every write.
    pub async fn recount_days(
        &self,
        scope: &Scope<Internal>,
        project: &ProjectKey,
        round: &Round,
        calendar: &Calendar,
    ) -> Result<BTreeMap<Date, Numbers>> {
        let dates: Vec<Date> = days(round.days.0, round.days.1).collect();
        let key = |date: &Date| keys::counted_day(scope.workspace(), project, *date);
        let stand = self.tallies(&dates.iter().map(key).collect::<Vec<_>>()).await?;
        let events = self.events_since(scope, project, round.since).await?;
        let counted = self.counted(scope, project, &events).await?;
        let as_of =
            |event: &Event| counted.get(&event.id).map(|mark| mark.day.unwrap_or_else(|| calendar.day_at(event.at)));
        let counted = recounted(events.values().filter_map(|event| Some((event, as_of(event)?))));
        let mut repaired = BTreeMap::new();
        for (date, tally) in dates.iter().zip(stand) {
            let mut off = difference(&shown(tally.numbers.clone()), counted.get(date).unwrap_or(&Numbers::new()));
            if tally.number(AHEAD) > 0 {
                // Of time that was logged for this day before it came, the event may be older than what was read.
                off.retain(|name, _| !counts(name, Measure::Minutes));
            }
            if !off.is_empty() && self.repair(&tally.key, &off, tally.number(WRITES)).await? {
                repaired.insert(*date, off);
            }
        }
        Ok(repaired)
    }

    /// Adds what is missing to numbers, if they were written `writes` times still.
    async fn repair(&self, key: &keys::Key, off: &Numbers, writes: i64) -> Result<bool> {
        let mut change = Transaction::outside_workspaces();
        let unchanged = Adding { expects: Some((WRITES, writes)), ..Adding::default() };
        change.tally(key, &with_writes(off), unchanged, || Error::Raced);
        match self.commit(change).await {
            Err(Error::Raced) => Ok(false),
            done => done.map(|()| true),
        }
    }

    /// Notes that a round is done: one that is begun again leaves the project out.
    ///
    /// # Errors
    /// As every write.
    pub async fn end_round(
        &self,
        scope: &Scope<Internal>,
        project: &ProjectKey,
        round: &Round,
        now: Timestamp,
    ) -> Result<()> {
        let (former, whole) = round.former;
        let mut marks = Numbers::from([(RECOUNTED.to_owned(), now.as_second() - former)]);
        if round.whole {
            marks.insert(RECOUNTED_WHOLE.to_owned(), now.as_second() - whole);
        }
        let mut change = Transaction::outside_workspaces();
        let unchanged = Adding { expects: Some((RECOUNTED, former)), ..Adding::default() };
        change.tally(&keys::counted_project(scope.workspace(), project), &marks, unchanged, || Error::Raced);
        match self.commit(change).await {
            // Another run ended the same round.
            Err(Error::Raced) => Ok(()),
            done => done,
        }
    }
}
