//! The progress of an import, and the preview of its file.

use crate::{id::TaskKey, task::Priority, text::Title};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many tasks of a file are shown before they are made.
pub const PREVIEWED: usize = 5;

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Its file is to arrive, and it is to be started.
    Waiting,
    /// Its file is being read; nothing is made.
    Checking,
    /// Its file was read: what would be made, and what is wrong, is known. Nothing was made.
    Checked,
    /// Its tasks are being made.
    Running,
    /// All of its tasks are made.
    Done,
    /// It cannot go on; `failure` says why.
    Failed,
}

/// Where an import goes on: the task of the file, and how much of what belongs to it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Position {
    /// The task, by its place in the file.
    pub task: u32,
    /// How many of the files that were looked for, of its links, comments and logs of time are through; 0 where the task
    /// itself is not written.
    pub parts: u32,
    /// How much of what happened in sprints is written: that comes before all tasks.
    #[serde(default)]
    pub happened: u32,
}

/// What an import makes beside tasks, by names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Made {
    /// Boards.
    pub boards: Vec<String>,
    /// Columns.
    pub columns: Vec<String>,
    /// Labels.
    pub labels: Vec<String>,
    /// Sprints.
    pub sprints: Vec<String>,
    /// Fields of the project's own.
    pub fields: Vec<String>,
}

impl Made {
    /// Adds what is made in a further step.
    pub fn add(&mut self, other: Self) {
        for (all, more) in [
            (&mut self.boards, other.boards),
            (&mut self.columns, other.columns),
            (&mut self.labels, other.labels),
            (&mut self.sprints, other.sprints),
            (&mut self.fields, other.fields),
        ] {
            all.extend(more);
        }
    }
}

/// A column of the file of which nothing is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnreadColumn {
    /// Its name in the header.
    pub name: String,
    /// How many rows have something in it.
    pub values: u64,
}

/// A task of the file, as it would be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PreviewedTask {
    /// Where it stands in the file.
    pub line: u64,
    /// The key that it got; null before tasks are made.
    pub key: Option<TaskKey>,
    /// The title.
    pub title: Title,
    /// The target column.
    pub column: String,
    /// The priority.
    pub priority: Priority,
    /// The names of those who work on it.
    pub assignees: Vec<String>,
    /// The names of its labels.
    pub labels: Vec<String>,
    /// The size in story points.
    pub story_points: Option<u32>,
    /// The due date.
    pub due_date: Option<Date>,
}
