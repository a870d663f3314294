//! A task's fields, and what each may hold.

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

/// How urgent a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, Default)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// Whenever there is nothing else.
    Lowest,
    /// Can wait.
    Low,
    /// As planned.
    #[default]
    Medium,
    /// Before the others.
    High,
    /// Now.
    Urgent,
}

/// Where work stands. It follows the category of the column that the task is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Not planned yet.
    Backlog,
    /// Planned.
    Todo,
    /// Someone works on it.
    InProgress,
    /// Someone looks at it.
    Review,
    /// Done.
    Done,
}

impl Status {
    /// The word for it, as it is sent and stored.
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

/// For how long an archived task can be restored.
pub const ARCHIVE_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The most assignees, labels or watchers that one task takes.
pub const MOST_LISTED: usize = 50;
/// The most story points that one task takes.
pub const MOST_POINTS: u32 = 1_000;
/// The most hours that one estimate takes.
pub const MOST_HOURS: f64 = 10_000.0;

/// A task's structured fields, as the table holds them. Its status is its column's category, and its description,
/// comments and events live in the task's own partition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskFields {
    /// The task's key.
    pub key: TaskKey,
    /// The keys that it had in other projects, the newest first: it goes by them too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<TaskKey>,
    /// The board that it is on.
    pub board_id: BoardId,
    /// The column that it is in.
    pub column_id: ColumnId,
    /// Its place in the column.
    pub rank: Rank,
    /// Since when it is in this column.
    pub column_since: Timestamp,
    /// What is to be done, in a line.
    pub title: Title,
    /// How urgent it is.
    pub priority: Priority,
    /// Who works on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assignees: Vec<UserId>,
    /// Who asked for it.
    pub reporter: Option<UserId>,
    /// Its labels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelId>,
    /// Its size in story points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story_points: Option<u32>,
    /// Its size in hours, as guessed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimated_hours: Option<f64>,
    /// When work on it is to start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_date: Option<Date>,
    /// When it is to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_date: Option<Date>,
    /// What was last told of that date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_told: Option<DueTold>,
    /// The sprint that it is planned for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sprint_id: Option<SprintId>,
    /// The task that it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<TaskKey>,
    /// Who hears of its changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub watchers: Vec<UserId>,
    /// The tasks of its project that it blocks while it is open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<TaskKey>,
    /// The tasks of its project that block it while they are open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocked_by: Vec<TaskKey>,
    /// The values of the project's own fields, by the fields' ids; those of removed fields too.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub custom: Map<String, Value>,
    /// What other systems keep here, by a name of their own.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub metadata: Map<String, Value>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When work on it began: when it first came into a column in which somebody works on it. None again once it goes
    /// back to what is only planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// When it came into a column of the category done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
    /// When it was archived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived_at: Option<Timestamp>,
}

impl TaskFields {
    /// Puts the task into a column of the category `status`, at `rank`.
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

    /// Whether it holds up what it blocks.
    pub fn is_open(&self) -> bool {
        self.closed_at.is_none() && self.archived_at.is_none()
    }

    /// Whether it was archived for too long to be restored: it is gone, whether the table forgot it or not.
    pub fn is_gone(&self, now: Timestamp) -> bool {
        self.archived_at.is_some_and(|at| at + ARCHIVE_KEPT <= now)
    }

    /// The place in the column's order; the number decides between equal ranks.
    pub fn order(&self) -> (Rank, u32) {
        (self.rank.clone(), self.key.number())
    }

    /// Checks what no single field can tell: amounts, dates and lists against each other.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every field that is wrong.
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

/// `list` without repetitions, in its order.
pub fn each_once<T: PartialEq>(list: Vec<T>) -> Vec<T> {
    let mut kept = Vec::with_capacity(list.len());
    for entry in list {
        if !kept.contains(&entry) {
            kept.push(entry);
        }
    }
    kept
}
