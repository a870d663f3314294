//! Imports: what is read out of a file, and what is wrong with it, before anything is known of the project.
//!
//! Reading is pure: the same bytes and the same mapping give the same tasks in the same order, so an import that broke
//! off is carried on by reading the file again.

pub mod cell;
pub mod csv;
pub mod draft;
pub mod files;
pub mod jira;
pub mod jira_markup;
pub mod json;
pub mod listed_sprint;
pub mod matching;
pub mod relations;
pub mod sprints;
pub mod trello;

use files::ListedFiles;
use jiff::{SignedDuration, Timestamp, civil::Date};
use listed_sprint::ListedSprint;
use millrace_domain::import::{
    ImportFormat, ImportProblem,
    mapping::{self, DetectedColumn, Mapping},
    progress,
};
use millrace_domain::{
    Error, Result,
    comment::EarlierBody,
    file::export::ExportedTime,
    id::WorkspaceId,
    task::{Priority, Status, custom::FieldDefinition, link::Relation},
    text::{Color, Markdown, Name, Title},
};
use serde_json::{Map, Value};

/// The largest file that is taken, in bytes.
pub const LARGEST_IMPORT: u64 = 100 * 1024 * 1024;
/// The most tasks that one file may hold.
pub const MOST_TASKS: usize = 50_000;
/// The most comments of one task that are taken.
pub const MOST_COMMENTS: usize = 1_000;
/// The most files on tasks that are looked for.
pub const MOST_FILES: usize = 100_000;
/// How many problems are kept.
pub const MOST_PROBLEMS: usize = 1_000;
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
        if self.first.len() < MOST_PROBLEMS {
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
    /// What it said before it was edited, oldest first.
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
    /// What is to be done, in a line.
    pub title: Title,
    /// What is to be done, as Markdown.
    pub description: Markdown,
    /// The name of its board; none for the one that the import goes to.
    pub board: Option<String>,
    /// The name of its column.
    pub column: Option<String>,
    /// The status that its column stands for, where the file says so.
    pub status: Option<Status>,
    /// How urgent it is.
    pub priority: Option<Priority>,
    /// Who works on it.
    pub assignees: Vec<String>,
    /// Who asked for it.
    pub reporter: Option<String>,
    /// Who hears of its changes.
    pub watchers: Vec<String>,
    /// Its labels.
    pub labels: Vec<String>,
    /// Its size in story points.
    pub story_points: Option<u32>,
    /// Its size in hours.
    pub estimated_hours: Option<f64>,
    /// When work on it is to start.
    pub start_date: Option<Date>,
    /// When it is to be done.
    pub due_date: Option<Date>,
    /// The name of its sprint.
    pub sprint: Option<String>,
    /// What the file calls that sprint, where it lists its sprints.
    pub sprint_id: Option<String>,
    /// The task that it is a part of.
    pub parent: Option<String>,
    /// The values of own fields, by the fields' names.
    pub custom: Vec<(String, Value)>,
    /// What other systems keep.
    pub metadata: Map<String, Value>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When work on it began.
    pub started_at: Option<Timestamp>,
    /// When it was done.
    pub closed_at: Option<Timestamp>,
    /// Since when it is in its column.
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
    /// What it is called.
    pub name: Name,
    /// The status of its tasks, where the file says so.
    pub category: Option<Status>,
    /// The most cards that it takes.
    pub wip_limit: Option<u32>,
}

/// A board that a file names.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedBoard {
    /// What it is called; none for the one that the import goes to.
    pub name: Option<Name>,
    /// Its columns, from left to right.
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

    /// A title as it can be taken; the line is left out where there is none. One that is too long is cut, and goes whole
    /// into the description by whoever asks.
    fn title(&mut self, line: u64, text: &str) -> Option<Title> {
        match cell::title(text) {
            Ok((title, None)) => Some(title),
            Ok((title, Some(note))) => {
                self.problems.field(line, "title", note);
                Some(title)
            }
            Err(message) => {
                self.left_out += 1;
                self.problems.line(line, "title", message);
                None
            }
        }
    }

    /// A description as it can be taken.
    fn description(&mut self, line: u64, text: &str) -> Markdown {
        let (text, note) = cell::long_text::<0, 50_000>(text);
        if let Some(note) = note {
            self.problems.field(line, "description", note);
        }
        text
    }
}

/// A file that cannot be read at all.
pub(crate) fn unreadable(message: impl Into<String>) -> Error {
    Error::field("file", message)
}

/// Reads a file.
///
/// # Errors
/// [`Error::Invalid`] naming `file` where it cannot be read at all: empty, cut off, or of another format.
pub fn read(format: ImportFormat, bytes: &[u8], mapping: Option<&Mapping>) -> Result<Reading> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(unreadable("The file is empty."));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(unreadable("The file is UTF-16. Save it as UTF-8."));
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    match format {
        ImportFormat::Csv => csv::read(bytes, mapping),
        ImportFormat::Jira => jira::read(bytes, mapping),
        ImportFormat::Json => json::read(bytes),
        ImportFormat::Trello => trello::read(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FORMATS: [ImportFormat; 4] =
        [ImportFormat::Csv, ImportFormat::Json, ImportFormat::Trello, ImportFormat::Jira];

    #[test]
    fn what_holds_nothing_is_told_plainly() {
        for format in FORMATS {
            for empty in [&b""[..], b" \r\n\t", b"\xff\xfea\0"] {
                assert!(matches!(read(format, empty, None), Err(Error::Invalid(_))));
            }
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_a_reader_fall(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            for format in FORMATS {
                drop(read(format, &bytes, None));
            }
        }

        #[test]
        fn no_text_makes_a_reader_fall(text in "(Title|Summary|Key|Due date|Comment|Parent|[\",;\n\r 0-9/'=ä😀-])*") {
            for format in FORMATS {
                drop(read(format, text.as_bytes(), None));
            }
        }
    }
}
