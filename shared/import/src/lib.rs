//! Imports: what is read out of a file, and what is wrong with it, before anything is known of the project.
//!
//! Reading is pure: the same bytes and the same mapping give the same tasks in the same order, so an import that broke
//! off is carried on by reading the file again.

pub mod cell;
pub mod csv;
pub mod date;
pub mod draft;
mod encoding;
pub mod files;
#[cfg(test)]
mod fuzz;
pub mod jira;
pub mod jira_markup;
pub mod json;
pub mod listed_sprint;
pub mod matching;
pub mod notes;
pub mod number;
pub mod relations;
pub mod settled;
#[cfg(test)]
mod shapes;
pub mod sprints;
mod steps;
pub mod trello;
mod words;
mod work;

use files::ListedFiles;
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use listed_sprint::ListedSprint;
use millrace_domain::import::{
    ImportFormat, ImportProblem,
    choices::{Choices, FoundChoice},
    mapping::{self, DetectedColumn, Mapping, Target},
    progress,
};
use millrace_domain::{
    Error, Result,
    comment::{CommentBody, EarlierBody},
    file::export::ExportedTime,
    id::WorkspaceId,
    task::{
        Priority, Status,
        custom::{FieldDefinition, FieldKind},
        link::Relation,
    },
    text::{Color, Markdown, Name, Title},
};
use serde_json::{Map, Value};
use settled::{Evidence, Settled, holds_days, holds_numbers};
use std::collections::{BTreeMap, HashMap};

/// The maximum file size, in bytes.
pub const LARGEST_IMPORT: u64 = 100 * 1024 * 1024;
/// The most tasks that one file may hold.
pub const MOST_TASKS: usize = 50_000;
/// The most comments of one task that are taken.
pub const MOST_COMMENTS: usize = 1_000;
/// The most files on tasks that are looked for.
pub const MOST_FILES: usize = 100_000;
/// The most sprints that are made of mere names.
pub const MOST_PLANNED: usize = 200;
/// The own field that keeps the key that a task had elsewhere.
pub const OLD_KEY: &str = "Old key";
/// How many problems are kept with an import; its file of problems has them all.
pub const MOST_PROBLEMS: usize = 1_000;
/// The most problems that the file of them lists.
pub const MOST_LISTED_PROBLEMS: usize = 200_000;
/// How long an import and its file are kept.
pub const IMPORT_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What is wrong with a file: the first problems, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problems {
    /// The first ones.
    pub first: Vec<ImportProblem>,
    /// How many there are.
    pub count: u64,
}

impl Problems {
    /// A field is left out.
    pub fn field(&mut self, line: u64, field: &str, message: impl Into<String>) {
        self.push(ImportProblem { line, field: field.to_owned(), message: message.into(), left_out: false });
    }

    /// A whole line is left out.
    pub fn line(&mut self, line: u64, field: &str, message: impl Into<String>) {
        self.push(ImportProblem { line, field: field.to_owned(), message: message.into(), left_out: true });
    }

    fn push(&mut self, problem: ImportProblem) {
        self.count += 1;
        if self.first.len() < MOST_LISTED_PROBLEMS {
            self.first.push(problem);
        }
    }

    /// The problems in the order of their lines.
    pub fn sorted(mut self) -> Self {
        self.first.sort_by_key(|problem| problem.line);
        self
    }
}

/// A comment as a file tells of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ImportedComment {
    /// Who wrote it: an address or a name.
    pub author: Option<String>,
    /// What it says, as Markdown.
    pub body: String,
    /// When it was written.
    pub created_at: Option<Timestamp>,
    /// When it was last edited.
    pub edited_at: Option<Timestamp>,
    /// The place among the task's comments of the one that it answers.
    pub reply_to: Option<usize>,
    /// Whether it was removed, and keeps its place for those that answer it.
    pub removed: bool,
    /// Previous versions, oldest first.
    pub earlier: Vec<EarlierBody>,
    /// The reactions to it: an emoji, and who reacted with it.
    pub reactions: Vec<(String, String)>,
}

/// A task as a file tells of it. People are addresses or names, columns and labels are names, and other tasks are what
/// the file calls them.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedTask {
    /// Where it stands in the file.
    pub line: u64,
    /// What the file calls it, by whatever names it has.
    pub keys: Vec<String>,
    /// The key that it had in the system that it comes from, where people knew it by that.
    pub old_key: Option<String>,
    /// The title.
    pub title: Title,
    /// What is to be done, as Markdown.
    pub description: Markdown,
    /// The name of its board; none for the one that the import goes to.
    pub board: Option<String>,
    /// The name of its column.
    pub column: Option<String>,
    /// The status that its column stands for, where the file says so.
    pub status: Option<Status>,
    /// The priority.
    pub priority: Option<Priority>,
    /// The assignees.
    pub assignees: Vec<String>,
    /// Who asked for it.
    pub reporter: Option<String>,
    /// The watchers.
    pub watchers: Vec<String>,
    /// The labels.
    pub labels: Vec<String>,
    /// The size in story points.
    pub story_points: Option<u32>,
    /// The estimate in hours.
    pub estimated_hours: Option<f64>,
    /// The start date.
    pub start_date: Option<Date>,
    /// The due date.
    pub due_date: Option<Date>,
    /// The name of its sprint.
    pub sprint: Option<String>,
    /// What the file calls that sprint, where it lists its sprints.
    pub sprint_id: Option<String>,
    /// The parent task.
    pub parent: Option<String>,
    /// The values of own fields, by the fields' names.
    pub custom: Vec<(String, Value)>,
    /// Metadata of other systems.
    pub metadata: Map<String, Value>,
    /// When it was created.
    pub created_at: Option<Timestamp>,
    /// When work on it started.
    pub started_at: Option<Timestamp>,
    /// When it was completed.
    pub closed_at: Option<Timestamp>,
    /// When it entered its column.
    pub column_since: Option<Timestamp>,
    /// When it was archived.
    pub archived_at: Option<Timestamp>,
    /// How often it was written.
    pub version: u64,
    /// What it is to other tasks of the file.
    pub links: Vec<(Relation, String)>,
    /// Its comments, oldest first.
    pub comments: Vec<ImportedComment>,
    /// The time that was logged on it.
    pub time: Vec<ExportedTime>,
    /// The files on it.
    pub files: ListedFiles,
    /// Its place among all tasks of the file: those of one column stand in this order.
    pub place: usize,
}

impl ImportedTask {
    /// A task of which nothing is known but its title.
    pub fn new(line: u64, place: usize, title: Title) -> Self {
        Self {
            line,
            keys: Vec::new(),
            old_key: None,
            title,
            description: Markdown::default(),
            board: None,
            column: None,
            status: None,
            priority: None,
            assignees: Vec::new(),
            reporter: None,
            watchers: Vec::new(),
            labels: Vec::new(),
            story_points: None,
            estimated_hours: None,
            start_date: None,
            due_date: None,
            sprint: None,
            sprint_id: None,
            parent: None,
            custom: Vec::new(),
            metadata: Map::new(),
            created_at: None,
            started_at: None,
            closed_at: None,
            column_since: None,
            archived_at: None,
            version: 1,
            links: Vec::new(),
            comments: Vec::new(),
            time: Vec::new(),
            files: ListedFiles::default(),
            place,
        }
    }
}

/// A column that a file names, with what it says of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedColumn {
    /// The name.
    pub name: Name,
    /// The status of its tasks, where the file says so.
    pub category: Option<Status>,
    /// The WIP limit.
    pub wip_limit: Option<u32>,
}

/// A board that a file names.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedBoard {
    /// What it is called; none for the one that the import goes to.
    pub name: Option<Name>,
    /// The columns, from left to right.
    pub columns: Vec<ListedColumn>,
}

/// All that was read out of a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The tasks, in the order of the file.
    pub tasks: Vec<ImportedTask>,
    /// How many lines were left out.
    pub left_out: u64,
    /// What is wrong.
    pub problems: Problems,
    /// The columns of a table.
    pub columns: Vec<DetectedColumn>,
    /// How many cells of each have something in them.
    pub filled: Vec<u64>,
    /// What the columns show of how their values are read.
    pub evidence: BTreeMap<String, Evidence>,
    /// How their values are read.
    pub settled: Settled,
    /// How many archived tasks were left out because nobody asked for them.
    pub archived: u64,
    /// The boards that the file lists.
    pub boards: Vec<ListedBoard>,
    /// The labels that the file lists, with their colours.
    pub labels: Vec<(Name, Color)>,
    /// The own fields that the file lists.
    pub fields: Vec<FieldDefinition>,
    /// The sprints that the file lists.
    pub sprints: Vec<ListedSprint>,
    /// The workspace that its tasks' files are in, as the file says.
    pub workspace: Option<WorkspaceId>,
}

impl Reading {
    /// Refuses more tasks than one import takes.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `file`.
    fn check_room(&self) -> Result<()> {
        if self.tasks.len() as u64 + self.left_out >= MOST_TASKS as u64 {
            return Err(unreadable(format!("The file holds more than {MOST_TASKS} tasks. Split it into several.")));
        }
        Ok(())
    }

    /// A title as it can be taken; the line is left out where there is none. One that has to be cut comes with all of its
    /// text, which goes into the description.
    fn title(&mut self, line: u64, text: &str) -> Option<(Title, Option<String>)> {
        match cell::title(text) {
            Ok((title, None)) => Some((title, None)),
            Ok((title, Some(note))) => {
                let is_cut = text.chars().count() > title.chars().count();
                let whole = is_cut.then(|| cell::shown(text).trim().to_owned());
                let more = if is_cut { "; all of it stands in the description" } else { "" };
                self.problems.field(line, "title", format!("{note}{more}"));
                Some((title, whole))
            }
            Err(message) => {
                self.left_out += 1;
                self.problems.line(line, "title", message);
                None
            }
        }
    }

    /// Gives a task its description. What is too long for one goes on in its first comments.
    fn describe(&mut self, task: &mut ImportedTask, text: &str) {
        let (description, rest) = cell::first_piece(text);
        task.description = description;
        let rest: Vec<CommentBody> = cell::pieces(&rest);
        if rest.is_empty() {
            return;
        }
        let message = "has more than 50000 characters: what follows them stands in the first comments";
        self.problems.field(task.line, "description", message);
        for comment in &mut task.comments {
            comment.reply_to = comment.reply_to.map(|first| first + rest.len());
        }
        let created_at = task.created_at;
        let comments = rest.into_iter().map(|text| ImportedComment {
            body: text.into_string(),
            created_at,
            ..ImportedComment::default()
        });
        task.comments.splice(..0, comments);
    }

    /// Takes no more comments than a task may have.
    fn limit_comments(&mut self, task: &mut ImportedTask) {
        if task.comments.len() > MOST_COMMENTS {
            let message = format!("has {} comments, of which {MOST_COMMENTS} are taken", task.comments.len());
            self.problems.field(task.line, "comments", message);
            task.comments.truncate(MOST_COMMENTS);
        }
    }

    /// Says which labels become one because they differ in nothing but their letters' case.
    fn tell_merged_labels(&mut self) {
        let mut spelled: HashMap<String, Vec<String>> = HashMap::new();
        let listed = self.labels.iter().map(|(name, _)| name.as_str());
        let named = self.tasks.iter().flat_map(|task| task.labels.iter().map(String::as_str));
        for label in listed.chain(named).map(str::trim) {
            let known = spelled.entry(label.to_lowercase()).or_default();
            if known.len() < MOST_SPELLINGS && !known.iter().any(|other| other == label) {
                known.push(label.to_owned());
            }
        }
        let mut merged: Vec<Vec<String>> = spelled.into_values().filter(|known| known.len() > 1).collect();
        merged.sort();
        for known in merged {
            let names: Vec<String> = known.iter().map(|name| format!("“{name}”")).collect();
            self.problems.field(0, "labels", format!("{} become one label", names.join(" and ")));
        }
    }

    /// The choices that the file leaves; `kind` says what a column is taken for that holds a field of the project's own.
    pub fn choices(&self, kind: impl Fn(&DetectedColumn) -> Option<FieldKind>) -> Vec<FoundChoice> {
        let columns: HashMap<&str, &DetectedColumn> =
            self.columns.iter().map(|column| (column.name.as_str(), column)).collect();
        let holds = |name: &str, field: fn(mapping::Field) -> bool, own: FieldKind| match columns.get(name) {
            // A file without columns has a name for each of its values that may be open.
            None => true,
            Some(column) => match column.target {
                Target::Field(target) => field(target),
                Target::Own(_) | Target::Ignored => kind(column) == Some(own),
            },
        };
        let days = |name: &str| holds(name, holds_days, FieldKind::Date);
        let numbers = |name: &str| holds(name, holds_numbers, FieldKind::Number);
        self.settled.found(&self.evidence, days, numbers)
    }
}

/// How many spellings of one label are told.
const MOST_SPELLINGS: usize = 5;

/// What whoever imports said of a file, and what is known of where it goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// What the columns of a table hold.
    pub mapping: Option<Mapping>,
    /// How its values are read.
    pub choices: Choices,
    /// Whether archived tasks are taken along, as archived.
    pub archived: bool,
    /// The workspace's time zone.
    pub zone: TimeZone,
    /// The day on which the import was begun, in that zone: what has no dates in the file is planned from then on.
    pub today: Date,
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            mapping: None,
            choices: Choices::default(),
            archived: false,
            zone: TimeZone::UTC,
            today: jiff::civil::date(1970, 1, 1),
        }
    }
}

/// A file that cannot be read at all.
pub(crate) fn unreadable(message: impl Into<String>) -> Error {
    Error::field("file", message)
}

/// Reads a file.
///
/// # Errors
/// [`Error::Invalid`] naming `file` where it cannot be read at all: empty, cut off, of another format, or without any task.
pub fn read(format: ImportFormat, bytes: &[u8], asked: &Asked) -> Result<Reading> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(unreadable("The file is empty."));
    }
    let (bytes, odd) = encoding::utf8(bytes);
    let mut reading = match format {
        ImportFormat::Csv => csv::read(&bytes, asked)?,
        ImportFormat::Jira => jira::read(&bytes, asked)?,
        ImportFormat::Json => json::read(&bytes)?,
        ImportFormat::Trello => trello::read(&bytes, asked)?,
    };
    if odd {
        reading.problems.field(0, "file", "Some of it is not UTF-16; what cannot be read stands as �.");
    }
    if reading.tasks.is_empty() && reading.left_out == 0 && reading.archived == 0 {
        if matches!(format, ImportFormat::Csv | ImportFormat::Jira) {
            return Err(unreadable("The file holds no tasks."));
        }
        reading.problems.field(0, "file", "The file holds no tasks.");
    }
    reading.tell_merged_labels();
    Ok(reading)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FORMATS: [ImportFormat; 4] =
        [ImportFormat::Csv, ImportFormat::Json, ImportFormat::Trello, ImportFormat::Jira];

    #[test]
    fn empty_files_are_refused_with_a_reason() {
        for format in FORMATS {
            for empty in [&b""[..], b" \r\n\t", b"\xff\xfea\0"] {
                assert!(matches!(read(format, empty, &Asked::default()), Err(Error::Invalid(_))));
            }
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            for format in FORMATS {
                drop(read(format, &bytes, &Asked::default()));
            }
        }

        #[test]
        fn no_text_makes_a_reader_panic(text in "(Title|Summary|Key|Due date|Comment|Parent|[\",;\n\r 0-9/'=ä😀-])*") {
            for format in FORMATS {
                drop(read(format, text.as_bytes(), &Asked::default()));
            }
        }
    }
}
