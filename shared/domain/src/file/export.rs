//! The JSON file that data-export writes and data-import reads. It refers to people by email address, to columns,
//! labels, sprints and fields by name, and to tasks by key.

use crate::{
    comment::EarlierBody,
    csv::{BYTE_ORDER_MARK, join_names, row},
    id::{TaskKey, WorkspaceId},
    sprint::{
        SprintState, Transition,
        burndown::{DayCount, SprintReport},
    },
    task::{Priority, Status, custom::FieldKind, link::Relation},
    text::{Color, Name, Summary},
    time::calendar::Calendar,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The identifier of the format.
pub const FORMAT: &str = "millrace-project";
/// The version of the format that is written. Incremented when an older reader would misread a file; optional additions
/// do not increment it.
pub const VERSION: u32 = 2;
/// The oldest version that can be read. It had no archived tasks, logged time, reactions and previous versions of
/// comments, and only the plans of sprints.
pub const OLDEST: u32 = 1;

/// A project without the content of its attachments, history, members, settings and board workflows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedProject {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// When it was written.
    pub exported_at: Timestamp,
    /// The workspace of its attachments: they cannot be copied elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workspace: Option<WorkspaceId>,
    /// The project's key.
    pub key: String,
    /// The name.
    pub name: Name,
    /// What it is about.
    pub description: Summary,
    /// Its boards.
    pub boards: Vec<ExportedBoard>,
    /// The labels.
    pub labels: Vec<ExportedLabel>,
    /// Its own fields.
    pub fields: Vec<ExportedField>,
    /// Its sprints.
    pub sprints: Vec<ExportedSprint>,
    /// The tasks, live and archived, ordered by number.
    pub tasks: Vec<ExportedTask>,
}

/// A board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedBoard {
    /// The name.
    pub name: Name,
    /// Whether it is the project's default board.
    pub main: bool,
    /// The columns, from left to right.
    pub columns: Vec<ExportedColumn>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedColumn {
    /// The name.
    pub name: Name,
    /// The status of its tasks.
    pub category: Status,
    /// The WIP limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wip_limit: Option<u32>,
}

/// A label.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedLabel {
    /// The name.
    pub name: Name,
    /// The colour.
    pub color: Color,
}

/// A custom field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedField {
    /// The name.
    pub name: Name,
    /// What it holds.
    pub kind: FieldKind,
    /// The options.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Name>,
    /// Whether a value is required.
    #[serde(default)]
    pub required: bool,
}

/// A sprint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedSprint {
    /// The id by which tasks and reports in the file refer to it, since several sprints may have the same name.
    #[serde(default)]
    pub id: String,
    /// The name.
    pub name: Name,
    /// The sprint's goal.
    #[serde(default)]
    pub goal: Summary,
    /// The first day.
    pub start_date: Date,
    /// The last day.
    pub end_date: Date,
    /// The capacity in points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// The state.
    pub state: SprintState,
    /// Its history.
    #[serde(flatten)]
    pub course: ExportedCourse,
}

/// The history of a sprint: the source of its charts and its report.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportedCourse {
    /// When it was created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When it was started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// When it was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
    /// The points in the sprint when it started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub committed_points: Option<u32>,
    /// The completed points at its close.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed_points: Option<u32>,
    /// The changes of tasks that affect it, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub transitions: Vec<Transition>,
    /// The daily counts on its cards.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<DayCount>,
    /// The report, once it is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closing: Option<ExportedClosing>,
}

/// The report of a closed sprint, and what its burndown needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedClosing {
    /// The report.
    pub report: SprintReport,
    /// The calendar at that time.
    pub calendar: Calendar,
    /// The version of each task up to which its transitions count.
    pub seen: BTreeMap<TaskKey, u64>,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(default)]
pub struct ExportedTask {
    /// Its key.
    pub key: String,
    /// The task's version, to which transitions of sprints refer.
    pub version: u64,
    /// The board; none for the default board.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub board: Option<String>,
    /// Its column.
    pub column: Option<String>,
    /// The rank in its column, compared as bytes.
    pub position: String,
    /// The title.
    pub title: String,
    /// What is to be done, as Markdown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The priority.
    pub priority: Option<Priority>,
    /// The assignees.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assignees: Vec<String>,
    /// Who asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reporter: Option<String>,
    /// The watchers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub watchers: Vec<String>,
    /// The labels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// The size in story points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story_points: Option<u32>,
    /// The estimate in hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimated_hours: Option<f64>,
    /// The start date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<Date>,
    /// The due date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_date: Option<Date>,
    /// The name of its sprint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sprint: Option<String>,
    /// The sprint's id in the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sprint_id: Option<String>,
    /// The parent task.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// The values of custom fields, by name; people by email address.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub custom: Map<String, Value>,
    /// Metadata of other systems.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub metadata: Map<String, Value>,
    /// When it was created.
    pub created_at: Option<Timestamp>,
    /// When it entered its column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column_since: Option<Timestamp>,
    /// When work on it started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// When it was completed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
    /// When it was archived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived_at: Option<Timestamp>,
    /// Its links to other tasks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<ExportedLink>,
    /// Its comments, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<ExportedComment>,
    /// The time logged on it, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub time: Vec<ExportedTime>,
    /// The number of attachments, whose content is not included.
    pub attachment_count: u32,
    /// The attachments.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<ExportedFile>,
}

/// A time log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedTime {
    /// The person who worked.
    pub person: String,
    /// The date.
    pub date: Date,
    /// The duration in minutes.
    pub minutes: u32,
    /// The note.
    #[serde(default)]
    pub note: Summary,
    /// Whether a timer recorded it.
    #[serde(default)]
    pub timed: bool,
    /// When it was logged.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A reference to an attachment, without its content. An import copies the file found by task and id; the other fields
/// are informative.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedFile {
    /// The attachment's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The name.
    pub name: String,
    /// The size in bytes.
    pub size: u64,
    /// What it is.
    #[serde(rename = "type")]
    pub content_type: String,
    /// The person who attached it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedLink {
    /// The task's relation to the other one.
    pub relation: Relation,
    /// The key of the other task.
    pub task: String,
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedComment {
    /// The author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The text as Markdown; empty if it was removed.
    pub body: String,
    /// Whether it was removed and remains as a placeholder for its replies.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
    /// Previous versions, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<EarlierBody>,
    /// The people who reacted, by emoji.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reactions: BTreeMap<String, Vec<String>>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was last edited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
    /// The zero-based index of the comment it replies to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<usize>,
}

impl ExportedProject {
    /// The live tasks as a table, with the columns that data-import can read.
    pub fn csv(&self) -> String {
        let header = [
            "Key",
            "Title",
            "Description",
            "Column",
            "Priority",
            "Assignees",
            "Reporter",
            "Labels",
            "Story points",
            "Estimated hours",
            "Start date",
            "Due date",
            "Sprint",
            "Parent",
            "Created at",
            "Closed at",
        ];
        let own: Vec<&str> = self.fields.iter().map(|field| field.name.as_str()).collect();
        let mut table = BYTE_ORDER_MARK.to_owned();
        table.push_str(&row(header.into_iter().chain(own.iter().copied())));
        for task in self.tasks.iter().filter(|task| task.archived_at.is_none()) {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            let cells = [
                task.key.clone(),
                task.title.clone(),
                task.description.clone(),
                text(&task.column),
                word(&task.priority),
                join_names(&task.assignees),
                text(&task.reporter),
                join_names(&task.labels),
                shown(task.story_points),
                shown(task.estimated_hours),
                shown(task.start_date),
                shown(task.due_date),
                text(&task.sprint),
                text(&task.parent),
                shown(task.created_at),
                shown(task.closed_at),
            ];
            let values = own.iter().map(|name| task.custom.get(*name).map(plain).unwrap_or_default());
            table.push_str(&row(cells.into_iter().chain(values)));
        }
        table
    }
}

fn shown(value: Option<impl std::fmt::Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().as_ref().map(plain).unwrap_or_default()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
