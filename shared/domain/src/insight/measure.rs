//! The counters that each event changes, so that figures are read from counters and never from tasks.
//!
//! Counters are sums: an event's contribution does not depend on earlier events, so any order gives the same figures.
//! Open work is a sum too: each event adds its task's state after the change and subtracts the state before.

use crate::{
    event::{Changes, Event, EventData},
    id::{LabelId, UserId},
    resource::Card,
    task::{Priority, Status, TaskFields},
};
use jiff::{Timestamp, civil::Date};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::collections::BTreeMap;

/// Numbers by name.
pub type Numbers = BTreeMap<String, i64>;

/// A daily counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Created tasks.
    Created,
    /// Tasks moved into a column of the category done.
    Closed,
    /// Tasks moved out of one.
    Reopened,
    /// Moves of tasks between columns.
    Moved,
    /// Comments added.
    Comments,
    /// Minutes logged.
    Minutes,
    /// Completed tasks with a known start of work.
    Cycles,
    /// The total minutes from start to completion of those tasks.
    CycleMinutes,
}

impl Measure {
    const fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
            Self::Moved => "moved",
            Self::Comments => "comments",
            Self::Minutes => "minutes",
            Self::Cycles => "cycles",
            Self::CycleMinutes => "cycle_minutes",
        }
    }
}

/// The subject of a counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By<'id> {
    /// Everything.
    All,
    /// What a person did or is assigned to.
    Person(&'id UserId),
    /// Unassigned tasks.
    Nobody,
    /// Tasks with a label.
    Label(&'id LabelId),
}

impl By<'_> {
    fn of(self, what: &str) -> String {
        match self {
            Self::All => what.to_owned(),
            Self::Person(person) => format!("{what}.person.{person}"),
            Self::Nobody => format!("{what}.person.none"),
            Self::Label(label) => format!("{what}.label.{label}"),
        }
    }
}

/// Whether a day's number of this name counts `measure`, for any subject.
pub fn counts(name: &str, measure: Measure) -> bool {
    name.split('.').next() == Some(measure.word())
}

/// The name of a daily number.
pub fn on_day(measure: Measure, by: By<'_>) -> String {
    by.of(measure.word())
}

/// The name of the number of live tasks with this status.
pub fn with_status(status: Status, by: By<'_>) -> String {
    by.of(&format!("status.{}", word(&status)))
}

/// The name of the number of open tasks with this priority.
pub fn with_priority(priority: Priority, by: By<'_>) -> String {
    by.of(&format!("priority.{}", word(&priority)))
}

/// The name of the story points of open tasks.
pub fn open_points(by: By<'_>) -> String {
    by.of("points")
}

/// The name of the number of open tasks due on a day.
pub fn due_on(date: Date, by: By<'_>) -> String {
    by.of(&format!("due.{date}"))
}

/// The days before `today` on which open tasks were due, each with its number.
pub fn overdue(now: &Numbers, today: Date, by: By<'_>) -> i64 {
    let (prefix, suffix) = ("due.", by.of(""));
    let late = |name: &str| {
        let date = name.strip_prefix(prefix)?.strip_suffix(suffix.as_str())?;
        date.parse::<Date>().ok().filter(|date| *date < today)
    };
    now.iter().filter(|(name, _)| late(name).is_some()).map(|(_, number)| number).sum()
}

/// The people or labels that have counters: those whose names begin with `what`.
pub fn kept_for<T: std::str::FromStr>(numbers: &Numbers, kind: &str) -> Vec<T> {
    let part = format!(".{kind}.");
    let ids = numbers.keys().filter_map(|name| name.split_once(part.as_str())).map(|(_, id)| id);
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().filter_map(|id| id.parse().ok()).collect()
}

/// A word of the API, as it is sent.
fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The counted attributes of a task.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    status: Status,
    priority: Priority,
    assignees: Vec<UserId>,
    labels: Vec<LabelId>,
    story_points: Option<u32>,
    due_date: Option<Date>,
    started_at: Option<Timestamp>,
}

impl From<&Card> for Counted {
    fn from(card: &Card) -> Self {
        Self {
            status: card.status,
            priority: card.priority,
            assignees: card.assignees.clone(),
            labels: card.labels.clone(),
            story_points: card.story_points,
            due_date: card.due_date,
            started_at: card.started_at,
        }
    }
}

impl Counted {
    /// A live task in a column of the category `status`.
    pub fn of(fields: &TaskFields, status: Status) -> Self {
        Self {
            status,
            priority: fields.priority,
            assignees: fields.assignees.clone(),
            labels: fields.labels.clone(),
            story_points: fields.story_points,
            due_date: fields.due_date,
            started_at: fields.started_at,
        }
    }

    fn everywhere(&self) -> Vec<By<'_>> {
        let mut everywhere = vec![By::All];
        everywhere.extend(self.assignees.iter().map(By::Person));
        everywhere.extend(self.assignees.is_empty().then_some(By::Nobody));
        everywhere.extend(self.labels.iter().map(By::Label));
        everywhere
    }

    /// Adds or subtracts the task: `times` is 1 or -1.
    pub fn add_to(&self, numbers: &mut Numbers, times: i64) {
        for by in self.everywhere() {
            add(numbers, with_status(self.status, by), times);
            if self.status == Status::Done {
                continue;
            }
            add(numbers, with_priority(self.priority, by), times);
            add(numbers, open_points(by), times * i64::from(self.story_points.unwrap_or_default()));
            if let Some(due) = self.due_date {
                add(numbers, due_on(due, by), times);
            }
        }
    }

    /// The task before `changes`.
    fn before(&self, changes: &Changes) -> Self {
        let mut before = self.clone();
        for change in changes.iter() {
            match change.field.as_str() {
                "status" => take(&change.from, &mut before.status),
                "priority" => take(&change.from, &mut before.priority),
                "assignees" => take(&change.from, &mut before.assignees),
                "labels" => take(&change.from, &mut before.labels),
                "story_points" => take(&change.from, &mut before.story_points),
                "due_date" => take(&change.from, &mut before.due_date),
                _ => {}
            }
        }
        before
    }
}

fn take<T: DeserializeOwned>(value: &Value, target: &mut T) {
    if let Ok(value) = serde_json::from_value(value.clone()) {
        *target = value;
    }
}

fn add(numbers: &mut Numbers, name: String, change: i64) {
    if change == 0 {
        return;
    }
    let number = numbers.entry(name).or_insert(0);
    *number += change;
}

/// What an event adds to the counters of its project.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Measured {
    /// The additions to daily counters.
    pub days: BTreeMap<Date, Numbers>,
    /// The additions to the counters of open work.
    pub now: Numbers,
}

impl Measured {
    /// Whether it adds nothing.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty() && self.now.is_empty()
    }

    fn on(&mut self, day: Date, measure: Measure, amount: i64, event: &Event, labels: &[LabelId]) {
        let numbers = self.days.entry(day).or_default();
        let mut everywhere = vec![By::All];
        everywhere.extend(event.actor.id.as_ref().map(By::Person));
        everywhere.extend(labels.iter().map(By::Label));
        for by in everywhere {
            add(numbers, on_day(measure, by), amount);
        }
    }
}

/// What an event on the date `day` of the workspace's calendar adds.
pub fn measured(event: &Event, day: Date) -> Measured {
    let mut measured = Measured::default();
    match &event.data {
        EventData::TimeLogged(_) => log(&mut measured, event),
        EventData::CommentAdded(_) => measured.on(day, Measure::Comments, 1, event, &[]),
        _ => task(&mut measured, event, day),
    }
    measured.days.values_mut().for_each(|numbers| numbers.retain(|_, number| *number != 0));
    measured.days.retain(|_, numbers| !numbers.is_empty());
    measured.now.retain(|_, number| *number != 0);
    measured
}

/// The daily counters after these events, each counted once on the given day.
pub fn recounted<'event>(events: impl IntoIterator<Item = (&'event Event, Date)>) -> BTreeMap<Date, Numbers> {
    let mut days: BTreeMap<Date, Numbers> = BTreeMap::new();
    for (event, day) in events {
        for (day, numbers) in measured(event, day).days {
            let sums = days.entry(day).or_default();
            numbers.into_iter().for_each(|(name, number)| add(sums, name, number));
        }
    }
    days
}

/// The difference between `counted` and `stands`; empty if they are equal.
pub fn difference(stands: &Numbers, counted: &Numbers) -> Numbers {
    let mut difference = counted.clone();
    stands.iter().for_each(|(name, number)| add(&mut difference, name.clone(), -number));
    difference.retain(|_, number| *number != 0);
    difference
}

fn log(measured: &mut Measured, event: &Event) {
    let (Some(minutes), Some(date)) = (event.changes.get("minutes"), event.changes.get("date")) else { return };
    let sides = [(&minutes.from, &date.from, -1), (&minutes.to, &date.to, 1)];
    for (minutes, date, times) in sides {
        let day = date.as_str().and_then(|date| date.parse::<Date>().ok());
        if let (Some(minutes), Some(day)) = (minutes.as_i64(), day) {
            measured.on(day, Measure::Minutes, times * minutes, event, &[]);
        }
    }
}

fn task(measured: &mut Measured, event: &Event, day: Date) {
    let Some(after) = event.data.task().map(|data| Counted::from(&data.card)) else { return };
    match &event.data {
        EventData::TaskCreated(_) => {
            after.add_to(&mut measured.now, 1);
            measured.on(day, Measure::Created, 1, event, &after.labels);
            if after.status == Status::Done {
                measured.on(day, Measure::Closed, 1, event, &after.labels);
            }
        }
        EventData::TaskArchived(_) => after.add_to(&mut measured.now, -1),
        EventData::TaskRestored(_) => after.add_to(&mut measured.now, 1),
        EventData::TaskMoved(_)
        | EventData::TaskUpdated(_)
        | EventData::TaskAssigned(_)
        | EventData::TaskStatusChanged(_) => {
            let before = after.before(&event.changes);
            before.add_to(&mut measured.now, -1);
            after.add_to(&mut measured.now, 1);
            if event.changes.names("column_id") {
                measured.on(day, Measure::Moved, 1, event, &after.labels);
            }
            match (before.status == Status::Done, after.status == Status::Done) {
                (false, true) => close(measured, event, day, &after),
                (true, false) => measured.on(day, Measure::Reopened, 1, event, &after.labels),
                _ => {}
            }
        }
        _ => {}
    }
}

fn close(measured: &mut Measured, event: &Event, day: Date, task: &Counted) {
    measured.on(day, Measure::Closed, 1, event, &task.labels);
    if let Some(started) = task.started_at {
        let minutes = event.at.duration_since(started).as_mins().max(0);
        measured.on(day, Measure::Cycles, 1, event, &task.labels);
        measured.on(day, Measure::CycleMinutes, minutes, event, &task.labels);
    }
}

#[cfg(test)]
mod tests;
