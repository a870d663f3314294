//! Flow arithmetic: tasks per status and day, cycle and lead times, and throughput.

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

/// A change of a task's status, taken from an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The time.
    pub at: Timestamp,
    /// The task's number in its project.
    pub task: u32,
    /// The status before; none if the task entered the board.
    pub from: Option<Status>,
    /// The status after; none if it left the board.
    pub to: Option<Status>,
}

impl Step {
    /// The status change of an event; none if it has none.
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

/// The fields of a card that matter to flow.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// The task.
    pub key: TaskKey,
    /// The title.
    pub title: Title,
    /// Its current status; none if it is archived.
    pub status: Option<Status>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it entered its column.
    pub column_since: Timestamp,
}

/// The number of tasks per status at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FlowDay {
    /// The date, in the workspace's time zone.
    pub date: Date,
    /// In the backlog.
    pub backlog: u32,
    /// To do.
    pub todo: u32,
    /// In progress.
    pub in_progress: u32,
    /// In review.
    pub review: u32,
    /// Done, including tasks archived since.
    pub done: u32,
}

/// A task that was completed in the date range and is still done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FinishedTask {
    /// The task's key.
    pub key: TaskKey,
    /// Its title; null for a task that was archived long ago.
    pub title: Option<Title>,
    /// The date of completion, in the workspace's time zone.
    pub date: Date,
    /// Cycle time in days, from the start of work to completion; null if it was never in progress or started before the
    /// known history.
    pub cycle_days: Option<f64>,
    /// Lead time in days, from creation to completion; null if it was created before the known history.
    pub lead_days: Option<f64>,
}

/// Percentiles of a duration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Percentiles {
    /// The median, in days.
    pub p50: f64,
    /// The 85th percentile, in days.
    pub p85: f64,
    /// The 95th percentile, in days.
    pub p95: f64,
}

/// The throughput of a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WeekDone {
    /// The week's Monday.
    pub week: Date,
    /// The number of completed tasks.
    pub tasks: u32,
}

/// A task in progress.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgeingTask {
    /// The task's key.
    pub key: TaskKey,
    /// The title.
    pub title: Title,
    /// Where it is.
    pub status: Status,
    /// Days since work on it started.
    pub age_days: f64,
}

/// The flow of work over a board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Flow {
    /// The first day of the range, in the workspace's time zone.
    pub from: Date,
    /// The last day of the range.
    pub to: Date,
    /// Tasks per status at the end of each day.
    pub days: Vec<FlowDay>,
    /// The completed tasks, ordered by completion.
    pub finished: Vec<FinishedTask>,
    /// Percentiles of the cycle time; null if none is known.
    pub cycle_time: Option<Percentiles>,
    /// Percentiles of the lead time; null if none is known.
    pub lead_time: Option<Percentiles>,
    /// The throughput of each week.
    pub throughput: Vec<WeekDone>,
    /// The tasks in progress, oldest first.
    pub ageing: Vec<AgeingTask>,
}

/// The cycle and lead time of one task.
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

/// Computes the flow from `from` to `to`. Steps may start earlier, so that the start of work is known.
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

/// The number of tasks per status at the end of each day: the initial state, changed by each step.
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

/// By the nearest-rank method (<https://www.itl.nist.gov/div898/handbook/prc/section2/prc262.htm>): each percentile is
/// the duration of an actual task.
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
