//! An import as clients see it.

use jiff::Timestamp;
use millrace_domain::{
    file::attachment::FileName,
    id::{BoardId, ImportId, ProjectKey, TaskKey, UserId},
    import::{ImportFormat, choices::Choices, mapping::Mapping, progress::ImportState},
};
use millrace_endpoint::blobs::UploadForm;
use millrace_store::import::ImportRecord;
use schemars::JsonSchema;
use serde::Serialize;

/// An import, and how far it is.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Import {
    /// Its id.
    pub import_id: ImportId,
    /// The project that it goes to.
    pub project: ProjectKey,
    /// The board that it goes to; null for the one that the project opens with.
    pub board_id: Option<BoardId>,
    /// What the file is.
    pub format: ImportFormat,
    /// What the file is called.
    pub name: FileName,
    /// How many bytes it has.
    pub size: u64,
    /// What the columns of a table were said to hold; null where nobody said anything.
    pub mapping: Option<Mapping>,
    /// How values were said to be read that could be two things; empty where nobody said anything.
    pub choices: Choices,
    /// Whether archived cards come along, as archived.
    pub archived: bool,
    /// Whether columns that the board lacks are made.
    pub make_columns: bool,
    /// Who imports.
    pub by: UserId,
    /// Where it stands.
    pub state: ImportState,
    /// How many tasks the file holds that can be made; 0 before it was read.
    pub total: u32,
    /// How many of them are made.
    pub done: u32,
    /// How many files on its tasks come along; 0 before the file was read.
    pub files: u32,
    /// How many of them are on their tasks. Fewer in the end where some were removed meanwhile.
    pub files_done: u32,
    /// How many lines of the file are left out.
    pub failed: u64,
    /// How many problems there are, of which the first 1000 are kept.
    pub problem_count: u64,
    /// The first key that was set aside for its tasks: the others follow in the order of the file.
    pub first_key: Option<TaskKey>,
    /// Why it cannot go on; null where it can.
    pub failure: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it and its file are forgotten.
    pub expires_at: Timestamp,
    /// The form by which the file is sent, where the import was just begun; it is good for an hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upload: Option<UploadForm>,
}

impl Import {
    /// As the table holds it.
    pub(crate) fn of(import: &ImportRecord, upload: Option<UploadForm>) -> Self {
        let project = import.id.project();
        Self {
            import_id: import.id.clone(),
            project: project.clone(),
            board_id: import.board_id.clone(),
            format: import.format,
            name: import.name.clone(),
            size: import.size,
            mapping: import.mapping.clone(),
            choices: import.choices.clone(),
            archived: import.archived,
            make_columns: import.make_columns,
            by: import.by.clone(),
            state: import.state,
            total: import.total,
            done: import.done,
            files: import.files,
            files_done: import.files_done,
            failed: import.left_out,
            problem_count: import.problem_count,
            first_key: import.first.map(|first| TaskKey::new(project, first)),
            failure: import.failure.clone(),
            created_at: import.created_at,
            updated_at: import.updated_at,
            expires_at: import.expires_at,
            upload,
        }
    }
}
