//! The representation of an import.

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

/// An import and its progress.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Import {
    /// The id.
    pub import_id: ImportId,
    /// The project that receives the tasks.
    pub project: ProjectKey,
    /// The board that receives the tasks; null for the project's first board.
    pub board_id: Option<BoardId>,
    /// The file's format.
    pub format: ImportFormat,
    /// The file name.
    pub name: FileName,
    /// The size in bytes.
    pub size: u64,
    /// The given meaning of a table's columns; null if none was given.
    pub mapping: Option<Mapping>,
    /// How values were said to be read that could be two things; empty where nobody said anything.
    pub choices: Choices,
    /// Whether archived cards come along, as archived.
    pub archived: bool,
    /// Whether to create columns that the board lacks.
    pub make_columns: bool,
    /// The person who imports.
    pub by: UserId,
    /// The state.
    pub state: ImportState,
    /// The number of tasks in the file that can be created; 0 before it was read.
    pub total: u32,
    /// How many of them were created.
    pub done: u32,
    /// The number of attachments to copy; 0 before the file was read.
    pub files: u32,
    /// How many of them were copied. In the end, fewer than `files` if some were removed in the meantime.
    pub files_done: u32,
    /// The number of lines left out.
    pub failed: u64,
    /// The number of problems, of which the first 1000 are kept.
    pub problem_count: u64,
    /// The first key reserved for its tasks. The others follow in the order of the file.
    pub first_key: Option<TaskKey>,
    /// Why it cannot continue; null if it can.
    pub failure: Option<String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it and its file are deleted.
    pub expires_at: Timestamp,
    /// The form for uploading the file, if the import was just created. It is valid for an hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upload: Option<UploadForm>,
}

impl Import {
    /// The stored record.
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
