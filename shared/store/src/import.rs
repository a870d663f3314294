//! Imports: their progress, and what was found in their files.

use crate::core::{
    item::{Entity, Stored},
    keys,
    scope::{Internal, Scope},
    table::{Mode, Table},
    transaction::{Beside, Transaction},
};
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    event::Actor,
    file::attachment::FileName,
    id::{BoardId, EventId, ImportId, UserId},
    import::{
        ImportFormat, ImportProblem,
        choices::{Choices, FoundChoice},
        mapping::{DetectedColumn, Mapping},
        progress::{ImportState, Made, Position, PreviewedTask, UnreadColumn},
    },
    time::calendar::Zone,
};
use serde::{Deserialize, Serialize};

/// An import. What changes with each step is in here, what was found in the file is an item beside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportRecord {
    /// The id.
    pub id: ImportId,
    /// The board that it goes to; none for the project's own.
    pub board_id: Option<BoardId>,
    /// The file's format.
    pub format: ImportFormat,
    /// The name.
    pub name: FileName,
    /// How many bytes it was to have.
    pub size: u64,
    /// What its columns hold.
    pub mapping: Option<Mapping>,
    /// How its values are read, as far as somebody said.
    #[serde(default)]
    pub choices: Choices,
    /// Whether archived tasks come along, as archived.
    #[serde(default)]
    pub archived: bool,
    /// The workspace's time zone when the file was read last: what is made follows from it.
    #[serde(default)]
    pub zone: Option<Zone>,
    /// Whether to create columns that the board lacks.
    pub make_columns: bool,
    /// The person who imports.
    pub by: UserId,
    /// The same, as events name them.
    pub actor: Actor,
    /// The state.
    pub state: ImportState,
    /// How often it was started.
    pub run: u32,
    /// What the file's content was told by when it was first read: what is sent in its place later is not taken.
    pub etag: Option<String>,
    /// How many tasks the file holds that can be made.
    pub total: u32,
    /// How many lines are left out.
    pub left_out: u64,
    /// How many problems there are.
    pub problem_count: u64,
    /// How many tasks were made.
    pub done: u32,
    /// How many files on its tasks come along, as it was found when its file was looked through.
    #[serde(default)]
    pub files: u32,
    /// How many of them are on their tasks.
    #[serde(default)]
    pub files_done: u32,
    /// Where it goes on.
    pub position: Position,
    /// The number of the first task; none before numbers were set aside.
    pub first: Option<u32>,
    /// When numbers were set aside.
    pub begun_at: Option<Timestamp>,
    /// What its events share.
    pub batch: Option<EventId>,
    /// Why it failed.
    pub failure: Option<String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it and its file are deleted.
    pub expires_at: Timestamp,
}

impl Entity for ImportRecord {
    const WHAT: &'static str = "import";
}

/// What was found in an import's file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FoundRecord {
    /// The columns of a table.
    pub columns: Vec<DetectedColumn>,
    /// The first tasks.
    pub preview: Vec<PreviewedTask>,
    /// What the project lacks, and was or is to be made.
    pub made: Made,
    /// The first problems, in the order of their lines.
    pub problems: Vec<ImportProblem>,
    /// The choices that the file leaves.
    #[serde(default)]
    pub choices: Vec<FoundChoice>,
    /// The columns of which nothing is taken.
    #[serde(default)]
    pub unread: Vec<UnreadColumn>,
    /// How many archived tasks are left out because nobody asked for them.
    #[serde(default)]
    pub archived: u64,
}

impl Entity for FoundRecord {
    const WHAT: &'static str = "what was found in a file";
}

impl<M: Mode> Table<M> {
    /// An import, with what was found in its file, in one round trip.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none (any more).
    pub async fn import<S>(
        &self,
        scope: &Scope<S>,
        import: &ImportId,
    ) -> Result<(Stored<ImportRecord>, Option<Stored<FoundRecord>>)> {
        let (own, found) = (keys::import(scope.workspace(), import), keys::import_found(scope.workspace(), import));
        let items = self.batch(vec![own.clone(), found.clone()]).await?;
        let record = items.get(&own)?.ok_or_else(|| Error::not_found("import"))?;
        Ok((record, items.get(&found)?))
    }
}

impl Transaction {
    /// A new import.
    pub fn open_import<S>(&mut self, scope: &Scope<S>, import: &ImportRecord) {
        let key = keys::import(scope.workspace(), &import.id);
        self.put_new(&key, import, Beside::until(import.expires_at), || Error::Raced);
    }

    /// How far an import is now, if nobody took it further since it was read.
    pub fn update_import(&mut self, stored: &Stored<ImportRecord>, import: &ImportRecord) -> u64 {
        self.update(stored, import, None)
    }

    /// What was found in an import's file.
    pub fn put_found(&mut self, scope: &Scope<Internal>, import: &ImportRecord, found: &FoundRecord) {
        let key = keys::import_found(scope.workspace(), &import.id);
        self.put(&key, found, Beside::until(import.expires_at));
    }
}
