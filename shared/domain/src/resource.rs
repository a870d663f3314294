//! What clients see of the things that several areas answer with.

use crate::{
    id::{BoardId, ColumnId, LabelId, ProjectKey, SprintId, TaskKey, TeamId, UserId},
    task::{
        Priority, Status, TaskFields,
        custom::{FieldDefinition, on_card},
    },
    text::{Color, Markdown, Name, Summary, Title},
    workspace::role::{ProjectRole, WorkspaceRole},
};
use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The most columns that one board has.
pub const MOST_COLUMNS: usize = 50;
/// The most labels that one project has.
pub const MOST_LABELS: usize = 200;
/// The most boards that one project has.
pub const MOST_BOARDS: usize = 50;

/// A resource whose `version` goes out as its `ETag`.
pub trait Versioned {
    /// The version, which grows by one with each write.
    fn version(&self) -> u64;
}

macro_rules! versioned {
    ($($name:ident),+) => {
        $(impl Versioned for $name {
            fn version(&self) -> u64 {
                self.version
            }
        })+
    };
}

versioned!(Project, Board, Column, Label, Task, Card, Team);

/// A person, as the other people of a workspace see them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Person {
    /// The person's id.
    pub id: UserId,
    /// The name to show.
    pub name: Name,
    /// The address; null for those who may not see it (guests).
    pub email: Option<String>,
    /// What the person is in the workspace.
    pub role: WorkspaceRole,
    /// Where the person's picture is: a path below the address that people open; null for initials.
    pub avatar_url: Option<String>,
}

/// A project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Project {
    /// The key, which every task's key starts with.
    pub key: ProjectKey,
    /// What it is called.
    pub name: Name,
    /// What it is about, possibly empty.
    pub description: Summary,
    /// What the caller is in it.
    pub role: ProjectRole,
    /// The board that it opens with; null once that was deleted.
    pub board_id: Option<BoardId>,
    /// Whether a task closes by itself once all of its parts are done.
    pub close_parent: bool,
    /// Whether a person's timer starts when a task of theirs comes into work, and stops when it leaves it.
    pub track_time: bool,
    /// Grows by one with each write.
    pub version: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A project as events carry it: without the role, which differs from reader to reader.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventProject {
    /// The key, which every task's key starts with.
    pub key: ProjectKey,
    /// What it is called.
    pub name: Name,
    /// What it is about, possibly empty.
    pub description: Summary,
    /// The board that it opens with; null once that was deleted.
    pub board_id: Option<BoardId>,
    /// Whether a task closes by itself once all of its parts are done.
    pub close_parent: bool,
    /// Whether a person's timer starts when a task of theirs comes into work, and stops when it leaves it.
    pub track_time: bool,
    /// Grows by one with each write.
    pub version: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl From<Project> for EventProject {
    fn from(project: Project) -> Self {
        let Project { key, name, description, board_id, close_parent, track_time, .. } = project;
        let Project { version, created_at, updated_at, .. } = project;
        Self { key, name, description, board_id, close_parent, track_time, version, created_at, updated_at }
    }
}

/// Somebody who takes part in a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProjectMember {
    /// The person.
    pub user: Person,
    /// What the person is in the project.
    pub role: ProjectRole,
}

/// A board, without what is on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Board {
    /// The board's id.
    pub id: BoardId,
    /// The project that it belongs to.
    pub project: ProjectKey,
    /// What it is called.
    pub name: Name,
    /// Grows by one with each write.
    pub version: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A column of a board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Column {
    /// The column's id.
    pub id: ColumnId,
    /// What it is called.
    pub name: Name,
    /// The status that its tasks have.
    pub category: Status,
    /// Its place among the columns: a rank, compared as bytes.
    pub position: String,
    /// The most cards that it takes; null for any number.
    pub wip_limit: Option<u32>,
    /// Grows by one with each write.
    pub version: u64,
}

/// A label of a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Label {
    /// The label's id.
    pub id: LabelId,
    /// What it says.
    pub name: Name,
    /// Its colour.
    pub color: Color,
    /// Grows by one with each write.
    pub version: u64,
}

/// People of a workspace who work together, across projects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// What it is called.
    pub name: Name,
    /// What it is for, possibly empty.
    pub description: Summary,
    /// Who leads it, one of its members; null where nobody does.
    pub lead: Option<UserId>,
    /// Who is in it.
    pub members: Vec<UserId>,
    /// Grows by one with each write.
    pub version: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// Counters that stand beside a task's fields: they change without a new version of the task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    /// How many comments it has.
    pub comments: u32,
    /// How many files it has.
    pub attachments: u32,
    /// How many minutes were logged on it.
    pub logged_minutes: u32,
}

/// What is counted around a task and kept beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// What is counted beside its fields.
    pub counters: Counters,
    /// How many parts of it are done.
    pub subtask_done: u32,
    /// How many parts it has.
    pub subtask_count: u32,
    /// Whether an open task blocks it.
    pub blocked: bool,
}

/// The part of a task that a board shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Card {
    /// The task's key.
    pub key: TaskKey,
    /// What is to be done, in a line.
    pub title: Title,
    /// The board that it is on.
    pub board_id: BoardId,
    /// The column that it is in.
    pub column_id: ColumnId,
    /// The column's category.
    pub status: Status,
    /// How urgent it is.
    pub priority: Priority,
    /// Who works on it.
    pub assignees: Vec<UserId>,
    /// Its labels.
    pub labels: Vec<LabelId>,
    /// Its size in story points.
    pub story_points: Option<u32>,
    /// When it is to be done.
    pub due_date: Option<Date>,
    /// The sprint that it is planned for.
    pub sprint_id: Option<SprintId>,
    /// The task that it is a part of.
    pub parent: Option<TaskKey>,
    /// Its place in the column: a rank, compared as bytes; the task's number decides between equals.
    pub position: String,
    /// Since when it is in this column.
    pub column_since: Timestamp,
    /// When work on it began; left out before that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// How many comments it has.
    pub comment_count: u32,
    /// How many files it has.
    pub attachment_count: u32,
    /// How many parts of it are done.
    pub subtask_done: u32,
    /// How many parts it has.
    pub subtask_count: u32,
    /// The tasks that block it while they are open.
    pub blocked_by: Vec<TaskKey>,
    /// Whether an open task blocks it.
    pub blocked: bool,
    /// The values of those of the project's own fields that cards show, by the fields' ids, the first 120 characters of
    /// each; left out where there are none.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub custom: Map<String, Value>,
    /// Whether it is archived.
    pub archived: bool,
    /// Grows by one with each write.
    pub version: u64,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A task with all of its fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Task {
    /// The task's key.
    pub key: TaskKey,
    /// The project that it belongs to.
    pub project: ProjectKey,
    /// The board that it is on.
    pub board_id: BoardId,
    /// The column that it is in.
    pub column_id: ColumnId,
    /// The column's category.
    pub status: Status,
    /// What is to be done, in a line.
    pub title: Title,
    /// What is to be done, as Markdown.
    pub description: Markdown,
    /// How urgent it is.
    pub priority: Priority,
    /// Who works on it.
    pub assignees: Vec<UserId>,
    /// Who asked for it; null for someone who has left.
    pub reporter: Option<UserId>,
    /// Its labels.
    pub labels: Vec<LabelId>,
    /// Its size in story points.
    pub story_points: Option<u32>,
    /// Its size in hours, as guessed.
    pub estimated_hours: Option<f64>,
    /// The hours that were logged on it.
    pub actual_hours: f64,
    /// When work on it is to start.
    pub start_date: Option<Date>,
    /// When it is to be done.
    pub due_date: Option<Date>,
    /// The sprint that it is planned for.
    pub sprint_id: Option<SprintId>,
    /// The task that it is a part of.
    pub parent: Option<TaskKey>,
    /// Its place in the column: a rank, compared as bytes; the task's number decides between equals.
    pub position: String,
    /// Since when it is in this column.
    pub column_since: Timestamp,
    /// Who hears of its changes.
    pub watchers: Vec<UserId>,
    /// The project's own fields, by their id.
    pub custom: Map<String, Value>,
    /// What other systems keep here, by a name of their own.
    pub metadata: Map<String, Value>,
    /// How many comments it has.
    pub comment_count: u32,
    /// How many files it has.
    pub attachment_count: u32,
    /// How many parts of it are done.
    pub subtask_done: u32,
    /// How many parts it has.
    pub subtask_count: u32,
    /// The tasks that block it while they are open.
    pub blocked_by: Vec<TaskKey>,
    /// Whether an open task blocks it.
    pub blocked: bool,
    /// Whether it is archived.
    pub archived: bool,
    /// Grows by one with each write.
    pub version: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it came into a column of the category done.
    pub closed_at: Option<Timestamp>,
}

impl Card {
    /// The card of a task whose column has the category `status`, in a project with these fields of its own.
    pub fn new(
        fields: &TaskFields,
        version: u64,
        status: Status,
        counts: Counts,
        definitions: &[FieldDefinition],
    ) -> Self {
        Self {
            key: fields.key.clone(),
            title: fields.title.clone(),
            board_id: fields.board_id.clone(),
            column_id: fields.column_id.clone(),
            status,
            priority: fields.priority,
            assignees: fields.assignees.clone(),
            labels: fields.labels.clone(),
            story_points: fields.story_points,
            due_date: fields.due_date,
            sprint_id: fields.sprint_id.clone(),
            parent: fields.parent.clone(),
            position: fields.rank.as_str().to_owned(),
            column_since: fields.column_since,
            started_at: fields.started_at,
            comment_count: counts.counters.comments,
            attachment_count: counts.counters.attachments,
            subtask_done: counts.subtask_done,
            subtask_count: counts.subtask_count,
            blocked_by: fields.blocked_by.clone(),
            blocked: counts.blocked,
            custom: on_card(definitions, &fields.custom),
            archived: fields.archived_at.is_some(),
            version,
            updated_at: fields.updated_at,
        }
    }
}

impl Task {
    /// The whole task: its fields, its column's category and its description.
    pub fn new(fields: TaskFields, version: u64, status: Status, description: Markdown, counts: Counts) -> Self {
        Self {
            project: fields.key.project().clone(),
            key: fields.key,
            board_id: fields.board_id,
            column_id: fields.column_id,
            status,
            title: fields.title,
            description,
            priority: fields.priority,
            assignees: fields.assignees,
            reporter: fields.reporter,
            labels: fields.labels,
            story_points: fields.story_points,
            estimated_hours: fields.estimated_hours,
            actual_hours: f64::from(counts.counters.logged_minutes) / 60.0,
            start_date: fields.start_date,
            due_date: fields.due_date,
            sprint_id: fields.sprint_id,
            parent: fields.parent,
            position: fields.rank.as_str().to_owned(),
            column_since: fields.column_since,
            watchers: fields.watchers,
            custom: fields.custom,
            metadata: fields.metadata,
            comment_count: counts.counters.comments,
            attachment_count: counts.counters.attachments,
            subtask_done: counts.subtask_done,
            subtask_count: counts.subtask_count,
            blocked_by: fields.blocked_by,
            blocked: counts.blocked,
            archived: fields.archived_at.is_some(),
            version,
            created_at: fields.created_at,
            updated_at: fields.updated_at,
            closed_at: fields.closed_at,
        }
    }
}
