//! Flow arithmetic: how many tasks were where on each day, how long they took, and how many were done.

use crate::{
    event::{Event, EventData},
    id::{ProjectKey, TaskKey},
    task::Status,
    text::Title,
    time::calendar::{Calendar, days},
};
use jiff::{Timestamp, ToSpan, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

/// A task's step from one status to another, as an event told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// The task's number in its project.
    pub task: u32,
    /// The status before; none where the task came onto the board.
    pub from: Option<Status>,
    /// The status after; none where it left the board.
    pub to: Option<Status>,
}

impl Step {
    /// The step that an event tells of; none where no status changed.
    pub fn of(event: &Event) -> Option<Self> {
        let task = event.task.as_ref()?.number();
        let (from, to) = match &event.data {
            EventData::TaskCreated(data) | EventData::TaskRestored(data) => (None, Some(data.card.status)),
            EventData::TaskArchived(data) | EventData::TaskDeleted(data) => (Some(data.card.status), None),
            _ => (event.changes.from("status"), event.changes.to("status")),
        };
        (from != to).then_some(Self { at: event.at, task, from, to })
    }
}

/// What a card tells of its task.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// The task.
    pub key: TaskKey,
    /// What is to be done, in a line.
    pub title: Title,
    /// Where it is now; none where it is archived.
    pub status: Option<Status>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when it is in its column.
    pub column_since: Timestamp,
}

/// How many tasks were where at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FlowDay {
    /// The day, in the workspace's time zone.
    pub date: Date,
    /// Not planned yet.
    pub backlog: u32,
    /// Planned.
    pub todo: u32,
    /// Worked on.
    pub in_progress: u32,
    /// Looked at.
    pub review: u32,
    /// Done, archived since or not.
    pub done: u32,
}

/// A task that was done in the time that is looked at, and stayed so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FinishedTask {
    /// The task's key.
    pub key: TaskKey,
    /// What was to be done, in a line; null for a task that was archived long ago.
    pub title: Option<Title>,
    /// The day on which it was done, in the workspace's time zone.
    pub date: Date,
    /// Days from the beginning of work to its end, with decimals; null where it was never in progress, or longer ago
    /// than is looked at.
    pub cycle_days: Option<f64>,
    /// Days from its making to its end, with decimals; null where it was made longer ago than is looked at.
    pub lead_days: Option<f64>,
}

/// How long most tasks took.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Percentiles {
    /// Half of them took at most so many days.
    pub p50: f64,
    /// 85 of 100 took at most so many days.
    pub p85: f64,
    /// 95 of 100 took at most so many days.
    pub p95: f64,
}

/// How much was done in a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WeekDone {
    /// The week's Monday.
    pub week: Date,
    /// How many tasks were done.
    pub tasks: u32,
}

/// A task that is worked on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgeingTask {
    /// The task's key.
    pub key: TaskKey,
    /// What is to be done, in a line.
    pub title: Title,
    /// Where it is.
    pub status: Status,
    /// Days since work on it began, with decimals.
    pub age_days: f64,
}

/// How work flows over a board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Flow {
    /// The first day that is looked at, in the workspace's time zone.
    pub from: Date,
    /// The last day that is looked at.
    pub to: Date,
    /// How many tasks were where at the end of each day.
    pub days: Vec<FlowDay>,
    /// What was done, in the order of its ends.
    pub finished: Vec<FinishedTask>,
    /// How long tasks took from the beginning of work; null where none is known.
    pub cycle_time: Option<Percentiles>,
    /// How long tasks took from their making; null where none is known.
    pub lead_time: Option<Percentiles>,
    /// How much was done in each week.
    pub throughput: Vec<WeekDone>,
    /// What is worked on now, the oldest first.
    pub ageing: Vec<AgeingTask>,
}

/// The times of one task.
#[derive(Debug, Clone, Copy, Default)]
struct Course {
    created: Option<Timestamp>,
    started: Option<Timestamp>,
    finished: Option<Timestamp>,
}

fn at_work(status: Option<Status>) -> bool {
    matches!(status, Some(Status::InProgress | Status::Review))
}

fn days_between(from: Timestamp, to: Timestamp) -> f64 {
    (to.duration_since(from).as_secs_f64() / 86_400.0 * 100.0).round().max(0.0) / 100.0
}

/// Reckons the flow from `from` to `to`. The steps may reach further back, so that it is known when work began.
pub fn reckon(
    project: &ProjectKey,
    mut steps: Vec<Step>,
    facts: &[Fact],
    calendar: &Calendar,
    (from, to): (Date, Date),
    now: Timestamp,
) -> Flow {
    // What leaves the board when it is done is done all the same.
    steps.retain(|step| !(step.from == Some(Status::Done) && step.to.is_none()));
    let stepped: BTreeSet<u32> = steps.iter().map(|step| step.task).collect();
    let unmoved = facts.iter().filter(|fact| fact.status.is_some() && !stepped.contains(&fact.key.number()));
    steps.extend(unmoved.map(|fact| Step {
        at: fact.created_at,
        task: fact.key.number(),
        from: None,
        to: fact.status,
    }));
    steps.sort_by_key(|step| step.at);
    let courses = courses(&steps, facts);
    let by_number: BTreeMap<u32, &Fact> = facts.iter().map(|fact| (fact.key.number(), fact)).collect();
    let finished = finished(project, &courses, &by_number, calendar, (from, to));
    let of = |days: fn(&FinishedTask) -> Option<f64>| percentiles(finished.iter().filter_map(days).collect());
    Flow {
        from,
        to,
        days: counts(&steps, calendar, from, to),
        cycle_time: of(|task| task.cycle_days),
        lead_time: of(|task| task.lead_days),
        throughput: throughput(&finished, from, to),
        ageing: ageing(facts, &courses, now),
        finished,
    }
}

/// How many tasks were where at the end of each day: where they were before the first step, moved on by each step.
fn counts(steps: &[Step], calendar: &Calendar, from: Date, to: Date) -> Vec<FlowDay> {
    let mut now_at: BTreeMap<u32, Option<Status>> = BTreeMap::new();
    let mut counts: BTreeMap<Status, u32> = BTreeMap::new();
    for step in steps {
        if let Entry::Vacant(first) = now_at.entry(step.task) {
            first.insert(step.from);
            if let Some(status) = step.from {
                *counts.entry(status).or_default() += 1;
            }
        }
    }
    let mut steps = steps.iter().peekable();
    let mut table = Vec::new();
    for date in days(from, to) {
        let end = calendar.end_of(date);
        while let Some(step) = steps.next_if(|step| step.at < end) {
            // From where the task really was: a column's category may have changed without a step.
            let was = now_at.insert(step.task, step.to).flatten();
            if let Some(count) = was.and_then(|was| counts.get_mut(&was)) {
                *count -= 1;
            }
            if let Some(status) = step.to {
                *counts.entry(status).or_default() += 1;
            }
        }
        let count = |status: Status| counts.get(&status).copied().unwrap_or(0);
        table.push(FlowDay {
            date,
            backlog: count(Status::Backlog),
            todo: count(Status::Todo),
            in_progress: count(Status::InProgress),
            review: count(Status::Review),
            done: count(Status::Done),
        });
    }
    table
}

fn courses(steps: &[Step], facts: &[Fact]) -> BTreeMap<u32, Course> {
    let mut courses: BTreeMap<u32, Course> = BTreeMap::new();
    let mut begun_before: BTreeSet<u32> = BTreeSet::new();
    for step in steps {
        let seen = courses.contains_key(&step.task);
        let course = courses.entry(step.task).or_default();
        if !seen && step.from.is_none() {
            course.created = Some(step.at);
        }
        // It was worked on when the first step that is known was taken: when that began is not known.
        if !seen && at_work(step.from) {
            begun_before.insert(step.task);
        }
        if at_work(step.to) && course.started.is_none() && !begun_before.contains(&step.task) {
            course.started = Some(step.at);
        }
        course.finished = if step.to == Some(Status::Done) { Some(step.at) } else { None };
    }
    for fact in facts {
        if let Some(course) = courses.get_mut(&fact.key.number()) {
            course.created = Some(fact.created_at);
        }
    }
    courses
}

fn finished(
    project: &ProjectKey,
    courses: &BTreeMap<u32, Course>,
    facts: &BTreeMap<u32, &Fact>,
    calendar: &Calendar,
    (from, to): (Date, Date),
) -> Vec<FinishedTask> {
    let mut finished: Vec<(Timestamp, FinishedTask)> = Vec::new();
    for (number, course) in courses {
        let Some(end) = course.finished else { continue };
        let date = calendar.day_at(end);
        if date < from || date > to {
            continue;
        }
        let task = FinishedTask {
            key: TaskKey::new(project, *number),
            title: facts.get(number).map(|fact| fact.title.clone()),
            date,
            cycle_days: course.started.map(|started| days_between(started, end)),
            lead_days: course.created.map(|created| days_between(created, end)),
        };
        finished.push((end, task));
    }
    finished.sort_by_key(|(end, _)| *end);
    finished.into_iter().map(|(_, task)| task).collect()
}

/// By the nearest rank (<https://www.itl.nist.gov/div898/handbook/prc/section2/prc262.htm>): each is a time that one
/// of the tasks took.
fn percentiles(mut days: Vec<f64>) -> Option<Percentiles> {
    days.sort_by(f64::total_cmp);
    let rank = |percent: usize| days.get((percent * days.len()).div_ceil(100).saturating_sub(1)).copied();
    Some(Percentiles { p50: rank(50)?, p85: rank(85)?, p95: rank(95)? })
}

fn monday(date: Date) -> Date {
    date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days())
}

fn throughput(finished: &[FinishedTask], from: Date, to: Date) -> Vec<WeekDone> {
    let weeks = monday(from).series(7.days()).take_while(|week| *week <= to);
    weeks
        .map(|week| {
            let own = finished.iter().filter(|task| monday(task.date) == week);
            WeekDone { week, tasks: own.count() as u32 }
        })
        .collect()
}

fn ageing(facts: &[Fact], courses: &BTreeMap<u32, Course>, now: Timestamp) -> Vec<AgeingTask> {
    let working = facts.iter().filter(|fact| at_work(fact.status));
    let mut ageing: Vec<AgeingTask> = working
        .filter_map(|fact| {
            let since = courses.get(&fact.key.number()).and_then(|course| course.started);
            Some(AgeingTask {
                key: fact.key.clone(),
                title: fact.title.clone(),
                status: fact.status?,
                age_days: days_between(since.unwrap_or(fact.column_since), now),
            })
        })
        .collect();
    ageing.sort_by(|one, other| other.age_days.total_cmp(&one.age_days).then(one.key.cmp(&other.key)));
    ageing
}

#[cfg(test)]
mod tests;
