//! Imports as they are stored and returned: formats, column mappings, problems and progress. The readers of the formats
//! are a separate crate.

pub mod choices;
pub mod mapping;
pub mod progress;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportFormat {
    /// A table with a header, separated by commas, semicolons, tabs or bars.
    Csv,
    /// A project exported by data-export.
    Json,
    /// A board as Trello exports it, as JSON.
    Trello,
    /// Issues as Jira exports them, as CSV with all fields.
    Jira,
}

/// Something that is wrong with a line of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImportProblem {
    /// The line of a table, its header being the first; the task's place in a JSON file, from 1; 0 for the whole file.
    pub line: u64,
    /// The field, as Millrace calls it.
    pub field: String,
    /// What is wrong with it, as a sentence.
    pub message: String,
    /// Whether the whole line is left out; else only this field is.
    pub left_out: bool,
}
