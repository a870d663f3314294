//! Representations of resources that several areas return.

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

/// The maximum number of columns per board.
pub const MOST_COLUMNS: usize = 50;
/// The maximum number of labels per project.
pub const MOST_LABELS: usize = 200;
/// The maximum number of boards per project.
pub const MOST_BOARDS: usize = 50;

/// A resource whose `version` is sent as its `ETag`.
pub trait Versioned {
    /// The version, incremented by each write.
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

/// A person as seen by other people of a workspace.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Person {
    /// The person's id.
    pub id: UserId,
    /// The name to show.
    pub name: Name,
    /// The email address; null for readers who cannot see it (guests).
    pub email: Option<String>,
    /// The person's role in the workspace.
    pub role: WorkspaceRole,
    /// The path of the person's picture below the public URL; null if they have none.
    pub avatar_url: Option<String>,
}

/// A project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Project {
    /// The key, the prefix of its task keys.
    pub key: ProjectKey,
    /// The name.
    pub name: Name,
    /// The description; may be empty.
    pub description: Summary,
    /// The caller's role in it.
    pub role: ProjectRole,
    /// The board that opens by default; null if it was deleted.
    pub board_id: Option<BoardId>,
    /// Whether a task closes automatically once all of its subtasks are done.
    pub close_parent: bool,
    /// Whether an assignee's timer starts when a task enters a column in progress and stops when it leaves.
    pub track_time: bool,
    /// Incremented by each write.
    pub version: u64,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A project as events carry it: without the role, which differs from reader to reader.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventProject {
    /// The key, the prefix of its task keys.
    pub key: ProjectKey,
    /// The name.
    pub name: Name,
    /// The description; may be empty.
    pub description: Summary,
    /// The board that opens by default; null if it was deleted.
    pub board_id: Option<BoardId>,
    /// Whether a task closes automatically once all of its subtasks are done.
    pub close_parent: bool,
    /// Whether an assignee's timer starts when a task enters a column in progress and stops when it leaves.
    pub track_time: bool,
    /// Incremented by each write.
    pub version: u64,
    /// When it was created.
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

/// A member of a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProjectMember {
    /// The person.
    pub user: Person,
    /// The person's role in the project.
    pub role: ProjectRole,
}

/// A board without its content.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Board {
    /// The board's id.
    pub id: BoardId,
    /// The project.
    pub project: ProjectKey,
    /// The name.
    pub name: Name,
    /// Incremented by each write.
    pub version: u64,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A column of a board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Column {
    /// The column's id.
    pub id: ColumnId,
    /// The name.
    pub name: Name,
    /// The status of the tasks in it.
    pub category: Status,
    /// The rank among the columns, compared as bytes.
    pub position: String,
    /// The WIP limit; null for none.
    pub wip_limit: Option<u32>,
    /// Incremented by each write.
    pub version: u64,
}

/// A label of a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Label {
    /// The label's id.
    pub id: LabelId,
    /// The name.
    pub name: Name,
    /// The colour.
    pub color: Color,
    /// Incremented by each write.
    pub version: u64,
}

/// A team: a group of people across projects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Team {
    /// The id.
    pub id: TeamId,
    /// The name.
    pub name: Name,
    /// The purpose; may be empty.
    pub description: Summary,
    /// The lead, one of its members; null if there is none.
    pub lead: Option<UserId>,
    /// The members.
    pub members: Vec<UserId>,
    /// Incremented by each write.
    pub version: u64,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// Counters stored beside a task's fields. They change without a new version of the task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    /// The number of comments.
    pub comments: u32,
    /// The number of attachments.
    pub attachments: u32,
    /// The minutes logged on it.
    pub logged_minutes: u32,
}

/// The counts around a task, stored beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// The counters stored beside its fields.
    pub counters: Counters,
    /// The number of completed subtasks.
    pub subtask_done: u32,
    /// The number of subtasks.
    pub subtask_count: u32,
    /// Whether an open task blocks it.
    pub blocked: bool,
}

/// The fields of a task that a board shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Card {
    /// The task's key.
    pub key: TaskKey,
    /// The title.
    pub title: Title,
    /// The board.
    pub board_id: BoardId,
    /// The column.
    pub column_id: ColumnId,
    /// The column's category.
    pub status: Status,
    /// The priority.
    pub priority: Priority,
    /// The assignees.
    pub assignees: Vec<UserId>,
    /// The labels.
    pub labels: Vec<LabelId>,
    /// The size in story points.
    pub story_points: Option<u32>,
    /// The due date.
    pub due_date: Option<Date>,
    /// The sprint it is planned for.
    pub sprint_id: Option<SprintId>,
    /// The parent task.
    pub parent: Option<TaskKey>,
    /// The rank in the column, compared as bytes; the task's number decides between equals.
    pub position: String,
    /// When it entered this column.
    pub column_since: Timestamp,
    /// When work on it started; omitted before that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// The number of comments.
    pub comment_count: u32,
    /// The number of attachments.
    pub attachment_count: u32,
    /// The number of completed subtasks.
    pub subtask_done: u32,
    /// The number of subtasks.
    pub subtask_count: u32,
    /// The tasks that block it while they are open.
    pub blocked_by: Vec<TaskKey>,
    /// Whether an open task blocks it.
    pub blocked: bool,
    /// The custom field values shown on cards, by field id, truncated to 120 characters; omitted if there are none.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub custom: Map<String, Value>,
    /// Whether it is archived.
    pub archived: bool,
    /// Incremented by each write.
    pub version: u64,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A task with all of its fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Task {
    /// The task's key.
    pub key: TaskKey,
    /// The project.
    pub project: ProjectKey,
    /// The board.
    pub board_id: BoardId,
    /// The column.
    pub column_id: ColumnId,
    /// The column's category.
    pub status: Status,
    /// The title.
    pub title: Title,
    /// What is to be done, as Markdown.
    pub description: Markdown,
    /// The priority.
    pub priority: Priority,
    /// The assignees.
    pub assignees: Vec<UserId>,
    /// The reporter; null if they have left.
    pub reporter: Option<UserId>,
    /// The labels.
    pub labels: Vec<LabelId>,
    /// The size in story points.
    pub story_points: Option<u32>,
    /// The estimate in hours.
    pub estimated_hours: Option<f64>,
    /// The hours logged on it.
    pub actual_hours: f64,
    /// The start date.
    pub start_date: Option<Date>,
    /// The due date.
    pub due_date: Option<Date>,
    /// The sprint it is planned for.
    pub sprint_id: Option<SprintId>,
    /// The parent task.
    pub parent: Option<TaskKey>,
    /// The rank in the column, compared as bytes; the task's number decides between equals.
    pub position: String,
    /// When it entered this column.
    pub column_since: Timestamp,
    /// The watchers.
    pub watchers: Vec<UserId>,
    /// The custom field values, by field id.
    pub custom: Map<String, Value>,
    /// Metadata of other systems, by namespace.
    pub metadata: Map<String, Value>,
    /// The number of comments.
    pub comment_count: u32,
    /// The number of attachments.
    pub attachment_count: u32,
    /// The number of completed subtasks.
    pub subtask_done: u32,
    /// The number of subtasks.
    pub subtask_count: u32,
    /// The tasks that block it while they are open.
    pub blocked_by: Vec<TaskKey>,
    /// Whether an open task blocks it.
    pub blocked: bool,
    /// Whether it is archived.
    pub archived: bool,
    /// Incremented by each write.
    pub version: u64,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it entered a column of the category done.
    pub closed_at: Option<Timestamp>,
}

impl Card {
    /// The card of a task in a column of the category `status`, in a project with these custom fields.
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
    /// The task: its fields, its column's category and its description.
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
