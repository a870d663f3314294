//! Sprint arithmetic: totals per day and at the end, from the transitions of a sprint.

use crate::{
    id::{SprintId, TaskKey},
    sprint::{Stake, Transition},
    text::{Name, Summary, Title},
    time::calendar::{Calendar, days},
};
use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A sprint at the end of a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BurndownDay {
    /// The date, in the workspace's time zone.
    pub date: Date,
    /// Whether it is a working day.
    pub working: bool,
    /// The remaining points at the end of the day, or now if it is today; null for future days.
    pub remaining_points: Option<u32>,
    /// The ideal remaining points at the end of the day, decreasing linearly over the working days.
    pub ideal: f64,
    /// The total points in the sprint at the end of the day; null for future days.
    pub scope: Option<u32>,
}

/// A task in a sprint report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReportedTask {
    /// The task's key.
    pub key: TaskKey,
    /// Its title.
    pub title: Title,
    /// Its story points at that time; 0 if it had none.
    pub points: u32,
}

/// A day on which the daily count differs from the sum of the transitions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Drift {
    /// The date, in the workspace's time zone.
    pub date: Date,
    /// The remaining points, counted on the cards.
    pub counted_points: u32,
    /// The remaining points, summed from the transitions.
    pub remaining_points: u32,
}

/// A sprint report. `committed_points + added_points − removed_points + re_estimated_points` equals `completed_points +
/// carried_over_points`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SprintReport {
    /// The sprint.
    pub sprint_id: SprintId,
    /// The name at that time.
    pub name: Name,
    /// The sprint's goal.
    pub goal: Summary,
    /// The first day.
    pub start_date: Date,
    /// The last day.
    pub end_date: Date,
    /// When it was started; null if it was not.
    pub started_at: Option<Timestamp>,
    /// When it was closed; null if it is open. The report then describes its current state.
    pub closed_at: Option<Timestamp>,
    /// The destination of unfinished tasks: another sprint's id, or null for the backlog.
    pub unfinished_to: Option<SprintId>,
    /// The points in the sprint when it started.
    pub committed_points: u32,
    /// The completed points.
    pub completed_points: u32,
    /// The unfinished points.
    pub carried_over_points: u32,
    /// The points added after the start.
    pub added_points: u32,
    /// The points removed after the start.
    pub removed_points: u32,
    /// The change of estimates after the start, in points.
    pub re_estimated_points: i64,
    /// The velocity: the points of the completed tasks.
    pub velocity: u32,
    /// The completed tasks.
    pub completed: Vec<ReportedTask>,
    /// The unfinished tasks.
    pub carried_over: Vec<ReportedTask>,
    /// The tasks added after the start, completed or not.
    pub added: Vec<ReportedTask>,
    /// The tasks removed after the start and not added again.
    pub removed: Vec<ReportedTask>,
    /// Differences between the daily count and the transitions; normally empty.
    pub drift: Vec<Drift>,
}

/// The transitions of a sprint, in order.
#[derive(Debug, Clone, Default)]
pub struct Ledger(Vec<Transition>);

/// The state of a sprint at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// The total points.
    pub scope: u32,
    /// The remaining points.
    pub remaining: u32,
}

impl Standing {
    fn count(&mut self, from: Option<Stake>, to: Option<Stake>) {
        let open = |stake: Option<Stake>| stake.filter(|stake| !stake.done).map_or(0, |stake| stake.points);
        let all = |stake: Option<Stake>| stake.map_or(0, |stake| stake.points);
        self.scope = (self.scope + all(to)).saturating_sub(all(from));
        self.remaining = (self.remaining + open(to)).saturating_sub(open(from));
    }
}

impl Ledger {
    /// Sorts transitions by time, and those of one task by version, since the writers' clocks may differ.
    pub fn new(mut transitions: Vec<Transition>) -> Self {
        transitions.sort_by(|one, other| (&one.task, one.version).cmp(&(&other.task, other.version)));
        for index in 1..transitions.len() {
            let (before, rest) = transitions.split_at_mut(index);
            if let (Some(before), Some(after)) = (before.last(), rest.first_mut())
                && before.task == after.task
            {
                after.at = after.at.max(before.at);
            }
        }
        transitions.sort_by_key(|transition| transition.at);
        Self(transitions)
    }

    /// The version of each task up to which a report accounts for transitions.
    pub fn seen(&self) -> BTreeMap<TaskKey, u64> {
        let mut seen = BTreeMap::new();
        for transition in &self.0 {
            let version = seen.entry(transition.task.clone()).or_insert(0);
            *version = transition.version.max(*version);
        }
        seen
    }

    /// The transitions that a report accounts for. Later ones do not change it.
    pub fn as_seen(mut self, seen: &BTreeMap<TaskKey, u64>) -> Self {
        self.0.retain(|transition| seen.get(&transition.task).is_some_and(|last| transition.version <= *last));
        self
    }

    /// The tasks in the sprint at the end of the moment `at`.
    pub fn tasks_at(&self, at: Timestamp) -> BTreeMap<&TaskKey, (&Title, Stake)> {
        let mut tasks = BTreeMap::new();
        for transition in self.0.iter().take_while(|transition| transition.at <= at) {
            match transition.to {
                Some(stake) => tasks.insert(&transition.task, (&transition.title, stake)),
                None => tasks.remove(&transition.task),
            };
        }
        tasks
    }

    /// The state of the sprint at the end of the moment `at`.
    pub fn standing_at(&self, at: Timestamp) -> Standing {
        let mut standing = Standing::default();
        for (_, stake) in self.tasks_at(at).into_values() {
            standing.count(None, Some(stake));
        }
        standing
    }

    /// The sprint day by day: from its start to its last day, its close or today, whichever is latest; before the
    /// start, from its first day.
    ///
    /// The ideal line is flat on days off.
    pub fn burndown(&self, course: &Course, calendar: &Calendar) -> Vec<BurndownDay> {
        let first = course.started_at.map_or(course.start_date, |at| calendar.day_at(at));
        let reached = course.started_at.map(|_| calendar.day_at(course.until));
        let last = course.end_date.max(first).max(reached.unwrap_or(first));
        let committed = f64::from(self.standing_at(course.started_at.unwrap_or(course.until)).scope);
        let planned = calendar.working_days(first, course.end_date);
        let mut gone = 0;
        let mut standing = Standing::default();
        let mut transitions = self.0.iter().take_while(|transition| transition.at <= course.until).peekable();
        let mut burndown = Vec::new();
        for date in days(first, last) {
            let working = calendar.works_on(date);
            gone += u32::from(working && date <= course.end_date);
            let end = calendar.end_of(date);
            while let Some(transition) = transitions.next_if(|transition| transition.at < end) {
                standing.count(transition.from, transition.to);
            }
            let left = if date >= course.end_date { 0.0 } else { 1.0 - f64::from(gone) / f64::from(planned.max(1)) };
            let known = reached.is_some_and(|reached| date <= reached);
            burndown.push(BurndownDay {
                date,
                working,
                remaining_points: known.then_some(standing.remaining),
                ideal: (committed * left * 100.0).round() / 100.0,
                scope: known.then_some(standing.scope),
            });
        }
        burndown
    }

    /// The sprint's report as of `course.until`.
    pub fn outcome(&self, course: &Course) -> Outcome {
        let mut outcome = Outcome::default();
        let Some(started_at) = course.started_at else { return outcome };
        outcome.committed_points = self.standing_at(started_at).scope;
        let after = self.0.iter().filter(|transition| transition.at > started_at && transition.at <= course.until);
        for Transition { task, title, from, to, .. } in after {
            match (from, to) {
                (None, Some(to)) => {
                    outcome.added_points += to.points;
                    outcome.removed.retain(|other| other.key != *task);
                    outcome.added.retain(|other| other.key != *task);
                    outcome.added.push(reported(task, title, *to));
                }
                (Some(from), None) => {
                    outcome.removed_points += from.points;
                    outcome.added.retain(|other| other.key != *task);
                    outcome.removed.push(reported(task, title, *from));
                }
                (Some(from), Some(to)) => {
                    outcome.re_estimated_points += i64::from(to.points) - i64::from(from.points);
                    outcome
                        .added
                        .iter_mut()
                        .filter(|other| other.key == *task)
                        .for_each(|other| other.points = to.points);
                }
                (None, None) => {}
            }
        }
        for (task, (title, stake)) in self.tasks_at(course.until) {
            let (list, points) = if stake.done {
                (&mut outcome.completed, &mut outcome.completed_points)
            } else {
                (&mut outcome.carried_over, &mut outcome.carried_over_points)
            };
            *points += stake.points;
            list.push(reported(task, title, stake));
        }
        outcome
    }

    /// The differences between the daily counts and the transitions.
    pub fn drift(&self, counts: &[DayCount]) -> Vec<Drift> {
        let drifts = counts.iter().map(|count| Drift {
            date: count.date,
            counted_points: count.remaining_points,
            remaining_points: self.standing_at(count.at).remaining,
        });
        drifts.filter(|drift| drift.counted_points != drift.remaining_points).collect()
    }
}

fn reported(task: &TaskKey, title: &Title, stake: Stake) -> ReportedTask {
    ReportedTask { key: task.clone(), title: title.clone(), points: stake.points }
}

/// The planned and actual dates of a sprint.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// The first day.
    pub start_date: Date,
    /// The last day.
    pub end_date: Date,
    /// When it was started.
    pub started_at: Option<Timestamp>,
    /// When it was closed, or now.
    pub until: Timestamp,
}

/// The totals of a sprint, in points and tasks.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs, reason = "as in the report")]
pub struct Outcome {
    pub committed_points: u32,
    pub completed_points: u32,
    pub carried_over_points: u32,
    pub added_points: u32,
    pub removed_points: u32,
    pub re_estimated_points: i64,
    pub completed: Vec<ReportedTask>,
    pub carried_over: Vec<ReportedTask>,
    pub added: Vec<ReportedTask>,
    pub removed: Vec<ReportedTask>,
}

/// The daily count on the cards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DayCount {
    /// The date, in the workspace's time zone.
    pub date: Date,
    /// When it was counted.
    pub at: Timestamp,
    /// The points of the sprint's unfinished tasks.
    pub remaining_points: u32,
}

#[cfg(test)]
mod tests;
