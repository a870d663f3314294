//! Sprints: their plan, their states, and what of a task matters to them.

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

/// The most points that a sprint's capacity takes.
pub const MOST_CAPACITY: u32 = 100_000;
/// The most days that a sprint lasts.
pub const MOST_DAYS: i32 = 366;

/// Where a sprint stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SprintState {
    /// Not started yet.
    Planned,
    /// Started, and not closed yet. Several sprints of a project may run at once.
    Running,
    /// Over: its report does not change any more.
    Closed,
}

/// What is planned for a sprint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SprintPlan {
    /// What it is called.
    pub name: Name,
    /// What it is to achieve.
    pub goal: Summary,
    /// Its first day.
    pub start_date: Date,
    /// Its last day.
    pub end_date: Date,
    /// How many points its people can do; none where nobody said.
    pub capacity: Option<u32>,
}

impl SprintPlan {
    /// Checks what no single field can tell.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every field that is wrong.
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
    /// The project that it belongs to.
    pub project: ProjectKey,
    /// What it is called.
    pub name: Name,
    /// What it is to achieve, possibly empty.
    pub goal: Summary,
    /// Its first day, in the workspace's time zone.
    pub start_date: Date,
    /// Its last day.
    pub end_date: Date,
    /// How many points its people can do; null where nobody said.
    pub capacity: Option<u32>,
    /// Where it stands.
    pub state: SprintState,
    /// The points that were in it when it started; null before.
    pub committed_points: Option<u32>,
    /// The points that were done when it was closed; null before.
    pub completed_points: Option<u32>,
    /// When it was started.
    pub started_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Grows by one with each write.
    pub version: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Versioned for Sprint {
    fn version(&self) -> u64 {
        self.version
    }
}

/// What a task is to the sprint that it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stake {
    /// Its story points; 0 where nobody guessed.
    pub points: u32,
    /// Whether it is done.
    pub done: bool,
}

/// A change of a task that matters to a sprint. Never changed once it is written, so that what happens to the task
/// later does not change what happened in the sprint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Transition {
    /// The task.
    pub task: TaskKey,
    /// What was to be done, in a line.
    pub title: Title,
    /// The version that the task had after it: the order of one task's transitions.
    pub version: u64,
    /// When.
    pub at: Timestamp,
    /// What the task was to the sprint before; none where it was not in it.
    pub from: Option<Stake>,
    /// What the task is to the sprint after it; none where it is not in it any more.
    pub to: Option<Stake>,
}

/// What `task` is to the sprint that it is in; an archived task is in none.
pub fn stake(task: &TaskFields) -> Option<(&SprintId, Stake)> {
    let sprint = task.sprint_id.as_ref().filter(|_| task.archived_at.is_none())?;
    Some((sprint, Stake { points: task.story_points.unwrap_or(0), done: task.closed_at.is_some() }))
}

/// The transitions, at most one in each of two sprints, that follow from a write to a task: `before` is none for a new
/// one, and `version` is what the write makes it.
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
