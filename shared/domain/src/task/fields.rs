//! The fields of a task and their limits.

use crate::{
    Error, FieldError, Result,
    board::rank::Rank,
    id::{BoardId, ColumnId, LabelId, SprintId, TaskKey, UserId},
    task::{due::DueTold, transfer::TaskKeys},
    text::Title,
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The priority of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, Default)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// The lowest priority.
    Lowest,
    /// Low.
    Low,
    /// Normal, the default.
    #[default]
    Medium,
    /// High.
    High,
    /// The highest priority.
    Urgent,
}

/// The status of a task. It follows the category of the task's column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// In the backlog.
    Backlog,
    /// To do.
    Todo,
    /// In progress.
    InProgress,
    /// In review.
    Review,
    /// Done.
    Done,
}

impl Status {
    /// The status as text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Backlog => "backlog",
            Self::Todo => "todo",
            Self::InProgress => "in_progress",
            Self::Review => "review",
            Self::Done => "done",
        }
    }
}

/// How long an archived task can be restored.
pub const ARCHIVE_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The maximum number of assignees, labels or watchers per task.
pub const MOST_LISTED: usize = 50;
/// The maximum number of story points per task.
pub const MOST_POINTS: u32 = 1_000;
/// The maximum estimate, in hours.
pub const MOST_HOURS: f64 = 10_000.0;

/// The structured fields of a task, as stored. The status is its column's category; the description, comments and
/// events are stored in the task's own partition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskFields {
    /// The task's key.
    pub key: TaskKey,
    /// Its keys in former projects, most recent first, by which it is still reachable.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<TaskKey>,
    /// The board.
    pub board_id: BoardId,
    /// The column.
    pub column_id: ColumnId,
    /// Its rank in the column.
    pub rank: Rank,
    /// When it entered this column.
    pub column_since: Timestamp,
    /// The title.
    pub title: Title,
    /// The priority.
    pub priority: Priority,
    /// The assignees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assignees: Vec<UserId>,
    /// Who asked for it.
    pub reporter: Option<UserId>,
    /// The labels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelId>,
    /// The size in story points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story_points: Option<u32>,
    /// The estimate in hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimated_hours: Option<f64>,
    /// The start date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_date: Option<Date>,
    /// The due date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_date: Option<Date>,
    /// The last notice about the due date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_told: Option<DueTold>,
    /// The sprint it is planned for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sprint_id: Option<SprintId>,
    /// The parent task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<TaskKey>,
    /// The watchers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub watchers: Vec<UserId>,
    /// The tasks of its project that it blocks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<TaskKey>,
    /// The tasks of its project that block it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocked_by: Vec<TaskKey>,
    /// The custom field values, by field id, including those of deleted fields.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub custom: Map<String, Value>,
    /// Metadata of other systems, by namespace.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub metadata: Map<String, Value>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When work on it started: when it first entered a column in progress. Reset when it returns to a planned status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// When it entered a column of the category done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
    /// When it was archived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived_at: Option<Timestamp>,
}

impl TaskFields {
    /// Moves the task to a column of the category `status`, at `rank`.
    pub fn place(&mut self, column: &ColumnId, rank: Rank, status: Status, now: Timestamp) {
        if self.column_id != *column {
            self.column_id = column.clone();
            self.column_since = now;
        }
        self.rank = rank;
        match status {
            Status::InProgress | Status::Review => self.started_at = self.started_at.or(Some(now)),
            Status::Backlog | Status::Todo => self.started_at = None,
            Status::Done => {}
        }
        match (status, self.closed_at) {
            (Status::Done, None) => self.closed_at = Some(now),
            (Status::Done, Some(_)) => {}
            (_, _) => self.closed_at = None,
        }
        self.updated_at = now;
    }

    /// Refuses a write to a task that is archived.
    ///
    /// # Errors
    /// [`Error::Conflict`] for one.
    pub fn check_live(&self) -> Result<()> {
        match self.archived_at {
            Some(_) => Err(Error::conflict("The task is archived. Restore it first.")),
            None => Ok(()),
        }
    }

    /// Its keys.
    pub fn keys(&self) -> TaskKeys {
        TaskKeys { key: self.key.clone(), former: self.former.clone() }
    }

    /// Whether it blocks its dependents.
    pub fn is_open(&self) -> bool {
        self.closed_at.is_none() && self.archived_at.is_none()
    }

    /// Whether it was archived for too long to be restored, even if it is still stored.
    pub fn is_gone(&self, now: Timestamp) -> bool {
        self.archived_at.is_some_and(|at| at + ARCHIVE_KEPT <= now)
    }

    /// Its position in the column; the number decides between equal ranks.
    pub fn order(&self) -> (Rank, u32) {
        (self.rank.clone(), self.key.number())
    }

    /// Validates the fields against each other and their limits.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every invalid field.
    pub fn check(&self) -> Result<()> {
        let mut errors = Vec::new();
        let mut wrong = |field: &str, message: String| errors.push(FieldError { field: field.to_owned(), message });
        if self.story_points.is_some_and(|points| points > MOST_POINTS) {
            wrong("story_points", format!("takes 0 to {MOST_POINTS}"));
        }
        if self.estimated_hours.is_some_and(|hours| !(0.0..=MOST_HOURS).contains(&hours)) {
            wrong("estimated_hours", format!("takes 0 to {MOST_HOURS}"));
        }
        if let (Some(start), Some(due)) = (self.start_date, self.due_date)
            && due < start
        {
            wrong("due_date", "is before the start date".to_owned());
        }
        if self.parent.as_ref() == Some(&self.key) {
            wrong("parent", "a task is not a part of itself".to_owned());
        }
        if self.parent.as_ref().is_some_and(|parent| parent.project() != self.key.project()) {
            wrong("parent", "is a task of another project".to_owned());
        }
        for (field, length) in
            [("assignees", self.assignees.len()), ("labels", self.labels.len()), ("watchers", self.watchers.len())]
        {
            if length > MOST_LISTED {
                wrong(field, format!("takes at most {MOST_LISTED}"));
            }
        }
        let metadata = self.metadata.iter().map(|(name, value)| name.len() + value.to_string().len()).sum::<usize>();
        if metadata > 10_000 {
            wrong("metadata", format!("has {metadata} bytes, and at most 10000 are taken"));
        }
        if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
    }
}

/// `list` without duplicates, in order.
pub fn each_once<T: PartialEq>(list: Vec<T>) -> Vec<T> {
    let mut kept = Vec::with_capacity(list.len());
    for entry in list {
        if !kept.contains(&entry) {
            kept.push(entry);
        }
    }
    kept
}
