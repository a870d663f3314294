//! Sprint arithmetic: what the transitions of a sprint add up to, day by day and at its end.

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

/// How a sprint stood at the end of a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BurndownDay {
    /// The day, in the workspace's time zone.
    pub date: Date,
    /// Whether somebody worked on it.
    pub working: bool,
    /// The points that were not done at its end, or are not done now where it is today; null for a day to come.
    pub remaining_points: Option<u32>,
    /// The points that would be left at its end if work went on evenly over the working days.
    pub ideal: f64,
    /// All points that were in the sprint at its end, done or not; null for a day to come.
    pub scope: Option<u32>,
}

/// A task in a sprint's report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReportedTask {
    /// The task's key.
    pub key: TaskKey,
    /// What was to be done, in a line.
    pub title: Title,
    /// Its story points then; 0 where nobody guessed.
    pub points: u32,
}

/// A day on which the points that were counted on the cards are not those that the transitions add up to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Drift {
    /// The day, in the workspace's time zone.
    pub date: Date,
    /// The points that were not done, counted on the cards.
    pub counted_points: u32,
    /// The points that were not done, added up from the transitions.
    pub remaining_points: u32,
}

/// What came of a sprint. `committed_points + added_points − removed_points + re_estimated_points` is
/// `completed_points + carried_over_points`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SprintReport {
    /// The sprint.
    pub sprint_id: SprintId,
    /// What it was called.
    pub name: Name,
    /// What it was to achieve.
    pub goal: Summary,
    /// Its first day.
    pub start_date: Date,
    /// Its last day.
    pub end_date: Date,
    /// When it was started; null before.
    pub started_at: Option<Timestamp>,
    /// When it was closed; null before: the report then says how it stands now.
    pub closed_at: Option<Timestamp>,
    /// Where what was not done goes: another sprint's id, or null for the backlog.
    pub unfinished_to: Option<SprintId>,
    /// The points that were in it when it started.
    pub committed_points: u32,
    /// The points that were done.
    pub completed_points: u32,
    /// The points that were not done.
    pub carried_over_points: u32,
    /// The points that came in after the start.
    pub added_points: u32,
    /// The points that went out after the start.
    pub removed_points: u32,
    /// By how much guesses of tasks that were in it changed after the start.
    pub re_estimated_points: i64,
    /// The points that the team did: those of the tasks that were done.
    pub velocity: u32,
    /// What was done.
    pub completed: Vec<ReportedTask>,
    /// What was not done.
    pub carried_over: Vec<ReportedTask>,
    /// What came in after the start, done or not.
    pub added: Vec<ReportedTask>,
    /// What was taken out after the start, and stayed out.
    pub removed: Vec<ReportedTask>,
    /// Where the daily count and the transitions disagree; empty where all is well.
    pub drift: Vec<Drift>,
}

/// The transitions of a sprint, in their order.
#[derive(Debug, Clone, Default)]
pub struct Ledger(Vec<Transition>);

/// What is in a sprint at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// All points, done or not.
    pub scope: u32,
    /// The points that are not done.
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
    /// Puts transitions into their order: by time, but those of one task as its versions say, whatever the clocks of
    /// those who wrote them said.
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

    /// The version that each task reached: what a report has seen.
    pub fn seen(&self) -> BTreeMap<TaskKey, u64> {
        let mut seen = BTreeMap::new();
        for transition in &self.0 {
            let version = seen.entry(transition.task.clone()).or_insert(0);
            *version = transition.version.max(*version);
        }
        seen
    }

    /// Only the transitions that a report has seen: what came after it changes nothing.
    pub fn as_seen(mut self, seen: &BTreeMap<TaskKey, u64>) -> Self {
        self.0.retain(|transition| seen.get(&transition.task).is_some_and(|last| transition.version <= *last));
        self
    }

    /// Each task that is in the sprint at the end of the moment `at`.
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

    /// How the sprint stands at the end of the moment `at`.
    pub fn standing_at(&self, at: Timestamp) -> Standing {
        let mut standing = Standing::default();
        for (_, stake) in self.tasks_at(at).into_values() {
            standing.count(None, Some(stake));
        }
        standing
    }

    /// The sprint day by day, from the day that it started to its last one, or to the one on which it was closed, or
    /// to today, whichever is latest. Before it is started, from its first day.
    ///
    /// Days on which nobody works are flat in the ideal line.
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

    /// What came of the sprint, as it stands at `course.until`.
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

    /// Where the counts of the daily job and the transitions disagree.
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

/// When a sprint was planned to be, and when it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Its first day.
    pub start_date: Date,
    /// Its last day.
    pub end_date: Date,
    /// When it was started.
    pub started_at: Option<Timestamp>,
    /// When it was closed, or now.
    pub until: Timestamp,
}

/// What a sprint comes to, in points and tasks.
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

/// What the daily job counted on the cards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DayCount {
    /// The day, in the workspace's time zone.
    pub date: Date,
    /// When it was counted.
    pub at: Timestamp,
    /// The points of the sprint's tasks that were not done.
    pub remaining_points: u32,
}

#[cfg(test)]
mod tests;
