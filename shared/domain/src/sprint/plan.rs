//! Sprints: their plan, their states, and the task attributes that affect them.

use crate::{
    Error, FieldError, Result,
    id::{ProjectKey, SprintId, TaskKey},
    resource::Versioned,
    task::TaskFields,
    text::{Name, Summary, Title},
};
use jiff::{Timestamp, ToSpan, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The maximum capacity of a sprint, in points.
pub const MOST_CAPACITY: u32 = 100_000;
/// The maximum length of a sprint, in days.
pub const MOST_DAYS: i32 = 366;

/// The state of a sprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SprintState {
    /// Planned, not started.
    Planned,
    /// Started and not closed. Several sprints of a project can be active at the same time.
    Running,
    /// Closed. Its report no longer changes.
    Closed,
}

/// A sprint's plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SprintPlan {
    /// The name.
    pub name: Name,
    /// The sprint's goal.
    pub goal: Summary,
    /// The first day.
    pub start_date: Date,
    /// The last day.
    pub end_date: Date,
    /// The capacity in points; none if it is not set.
    pub capacity: Option<u32>,
}

impl SprintPlan {
    /// Validates the fields against each other.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every invalid field.
    pub fn check(&self) -> Result<()> {
        let mut errors = Vec::new();
        let mut wrong = |field: &str, message: String| errors.push(FieldError { field: field.to_owned(), message });
        if self.end_date < self.start_date {
            wrong("end_date", "is before the sprint starts".to_owned());
        } else if self.start_date.saturating_add(MOST_DAYS.days()) <= self.end_date {
            wrong("end_date", format!("makes a sprint of more than {MOST_DAYS} days"));
        }
        if self.capacity.is_some_and(|points| points > MOST_CAPACITY) {
            wrong("capacity", format!("takes 0 to {MOST_CAPACITY}"));
        }
        if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
    }
}

/// A sprint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Sprint {
    /// The sprint's id.
    pub id: SprintId,
    /// The project.
    pub project: ProjectKey,
    /// The name.
    pub name: Name,
    /// The goal; may be empty.
    pub goal: Summary,
    /// The first day, in the workspace's time zone.
    pub start_date: Date,
    /// The last day.
    pub end_date: Date,
    /// The capacity in points; null if it is not set.
    pub capacity: Option<u32>,
    /// The state.
    pub state: SprintState,
    /// The points in it when it started; null before.
    pub committed_points: Option<u32>,
    /// The completed points when it was closed; null before.
    pub completed_points: Option<u32>,
    /// When it was started.
    pub started_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Incremented by each write.
    pub version: u64,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Versioned for Sprint {
    fn version(&self) -> u64 {
        self.version
    }
}

/// The task attributes that affect its sprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stake {
    /// The story points; 0 if not estimated.
    pub points: u32,
    /// Whether it is done.
    pub done: bool,
}

/// A change of a task that affects a sprint. It is immutable, so that later changes of the task do not change the
/// sprint's history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Transition {
    /// The task.
    pub task: TaskKey,
    /// Its title.
    pub title: Title,
    /// The task's version after the change, which orders the transitions of one task.
    pub version: u64,
    /// The time.
    pub at: Timestamp,
    /// The task's attributes before; none if it was not in the sprint.
    pub from: Option<Stake>,
    /// The task's attributes after; none if it is no longer in the sprint.
    pub to: Option<Stake>,
}

/// The attributes of `task` in its sprint; none if it is archived.
pub fn stake(task: &TaskFields) -> Option<(&SprintId, Stake)> {
    let sprint = task.sprint_id.as_ref().filter(|_| task.archived_at.is_none())?;
    Some((sprint, Stake { points: task.story_points.unwrap_or(0), done: task.closed_at.is_some() }))
}

/// The transitions caused by a write to a task, at most one in each of two sprints. `before` is none for a new task,
/// and `version` is the one after the write.
pub fn transitions(before: Option<&TaskFields>, after: &TaskFields, version: u64) -> Vec<(SprintId, Transition)> {
    let (was, is) = (before.and_then(stake), stake(after));
    let told = |from, to| Transition {
        task: after.key.clone(),
        title: after.title.clone(),
        version,
        at: after.updated_at,
        from,
        to,
    };
    match (was, is) {
        (Some((sprint, from)), Some((same, to))) if sprint == same => {
            if from == to {
                Vec::new()
            } else {
                vec![(sprint.clone(), told(Some(from), Some(to)))]
            }
        }
        _ => {
            let left = was.map(|(sprint, from)| (sprint.clone(), told(Some(from), None)));
            let joined = is.map(|(sprint, to)| (sprint.clone(), told(None, Some(to))));
            left.into_iter().chain(joined).collect()
        }
    }
}
