//! A project as a file: what data-export writes and data-import reads back. People are named by their addresses,
//! columns, labels, sprints and fields by their names, tasks by their keys.

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

/// What the file says that it is.
pub const FORMAT: &str = "millrace-project";
/// The version of the form that is written. It grows when an older reader would take a file for something else than it
/// is; what such a reader may pass over does not raise it.
pub const VERSION: u32 = 2;
/// The oldest version that is read. The first one held no archived tasks, no logged time, no reactions, no earlier texts
/// of comments, and of sprints the plan alone.
pub const OLDEST: u32 = 1;

/// A whole project but for what is in its files, its history, its people, its settings and the rules of its boards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedProject {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// When it was written.
    pub exported_at: Timestamp,
    /// The workspace that its files are in: elsewhere nobody need look for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workspace: Option<WorkspaceId>,
    /// The project's key.
    pub key: String,
    /// What it is called.
    pub name: Name,
    /// What it is about.
    pub description: Summary,
    /// Its boards.
    pub boards: Vec<ExportedBoard>,
    /// Its labels.
    pub labels: Vec<ExportedLabel>,
    /// Its own fields.
    pub fields: Vec<ExportedField>,
    /// Its sprints.
    pub sprints: Vec<ExportedSprint>,
    /// Its tasks, live and archived, by number.
    pub tasks: Vec<ExportedTask>,
}

/// A board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedBoard {
    /// What it is called.
    pub name: Name,
    /// Whether it is the one that the project opens with.
    pub main: bool,
    /// Its columns, from left to right.
    pub columns: Vec<ExportedColumn>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedColumn {
    /// What it is called.
    pub name: Name,
    /// The status of its tasks.
    pub category: Status,
    /// The most cards that it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wip_limit: Option<u32>,
}

/// A label.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedLabel {
    /// What it says.
    pub name: Name,
    /// Its colour.
    pub color: Color,
}

/// A field of the project's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedField {
    /// What it is called.
    pub name: Name,
    /// What it holds.
    pub kind: FieldKind,
    /// What it offers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Name>,
    /// Whether a task needs a value.
    #[serde(default)]
    pub required: bool,
}

/// A sprint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedSprint {
    /// What the file calls it: tasks and reports name it so, as several may bear one name.
    #[serde(default)]
    pub id: String,
    /// What it is called.
    pub name: Name,
    /// What it is to achieve.
    #[serde(default)]
    pub goal: Summary,
    /// Its first day.
    pub start_date: Date,
    /// Its last day.
    pub end_date: Date,
    /// How many points its people can do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// Where it stands.
    pub state: SprintState,
    /// What happened in it.
    #[serde(flatten)]
    pub course: ExportedCourse,
}

/// What happened in a sprint: all that its charts and its report are made of.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportedCourse {
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When it was started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// When it was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
    /// The points that were in it when it started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub committed_points: Option<u32>,
    /// The points that were done when it was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed_points: Option<u32>,
    /// The changes of tasks that matter to it, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub transitions: Vec<Transition>,
    /// What was counted on its cards, day by day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<DayCount>,
    /// What came of it, once it is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closing: Option<ExportedClosing>,
}

/// What came of a closed sprint, and what it takes to draw its burndown as it was then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedClosing {
    /// The report.
    pub report: SprintReport,
    /// The calendar that held.
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
    /// How often it was written: the transitions of sprints count by it.
    pub version: u64,
    /// Its board; none for the one that the project opens with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub board: Option<String>,
    /// Its column.
    pub column: Option<String>,
    /// Its place in its column: compared as bytes.
    pub position: String,
    /// What is to be done, in a line.
    pub title: String,
    /// What is to be done, as Markdown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// How urgent it is.
    pub priority: Option<Priority>,
    /// Who works on it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assignees: Vec<String>,
    /// Who asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reporter: Option<String>,
    /// Who hears of its changes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub watchers: Vec<String>,
    /// Its labels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// Its size in story points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story_points: Option<u32>,
    /// Its size in hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimated_hours: Option<f64>,
    /// When work on it is to start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<Date>,
    /// When it is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_date: Option<Date>,
    /// The name of its sprint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sprint: Option<String>,
    /// What the file calls that sprint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sprint_id: Option<String>,
    /// The task that it is a part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// The values of own fields, by their names; people by their addresses.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub custom: Map<String, Value>,
    /// What other systems keep.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub metadata: Map<String, Value>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// Since when it is in its column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column_since: Option<Timestamp>,
    /// When work on it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// When it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
    /// When it was archived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived_at: Option<Timestamp>,
    /// What it is to other tasks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<ExportedLink>,
    /// Its comments, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<ExportedComment>,
    /// The time that was logged on it, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub time: Vec<ExportedTime>,
    /// How many files it has: what is in them is not in here.
    pub attachment_count: u32,
    /// Which files those are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<ExportedFile>,
}

/// Time that somebody logged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedTime {
    /// Who worked.
    pub person: String,
    /// On which day.
    pub date: Date,
    /// For how many minutes.
    pub minutes: u32,
    /// What on.
    #[serde(default)]
    pub note: Summary,
    /// Whether a timer measured it.
    #[serde(default)]
    pub timed: bool,
    /// When it was logged.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A file on a task: which one it is, and not what is in it. An import takes along what it finds there; all that it goes
/// by is the task and the id, and the rest is for people to read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedFile {
    /// Its id, as attachments-list tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What it is called.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
    /// What it is.
    #[serde(rename = "type")]
    pub content_type: String,
    /// Who attached it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedLink {
    /// What the task is to the other one.
    pub relation: Relation,
    /// The other one's key.
    pub task: String,
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedComment {
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// What it says, as Markdown; empty once it was removed.
    pub body: String,
    /// Whether it was removed, and keeps its place because others answered it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
    /// What it said before it was edited, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<EarlierBody>,
    /// Who reacted to it, by emoji.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reactions: BTreeMap<String, Vec<String>>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was last edited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
    /// The place among the task's comments of the one that it answers, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<usize>,
}

impl ExportedProject {
    /// The live tasks as a table: what a row holds of each, that data-import reads back.
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
