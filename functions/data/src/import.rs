//! data-import

mod start;

use crate::parts::resource::Import;
use millrace_domain::{
    Error, FieldError,
    file::{
        attachment::{FileName, UPLOAD_WITHIN, check_size},
        media::MediaType,
    },
    id::{BoardId, ImportId, ProjectKey},
    import::{
        ImportFormat,
        choices::{Choices, MOST_CHOSEN},
        mapping::Mapping,
        progress::{ImportState, Position},
    },
};
use millrace_endpoint::{
    Call, Created, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Write, blobs::Blobs, capability::Sender,
};
use millrace_import::{IMPORT_KEPT, LARGEST_IMPORT};
use millrace_platform::{
    blobs::{ReceiveImport, key},
    queue::ImportStep,
};
use millrace_store::{Transaction, import::ImportRecord};
use schemars::JsonSchema;
use serde::Deserialize;
use start::start;

/// An import to create, or to start.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportRequest {
    /// The project that receives the tasks.
    pub project: ProjectKey,
    /// The import to start after its file was uploaded. Omit it to create an import.
    #[serde(default)]
    pub import_id: Option<ImportId>,
    /// The file's format. Required to create an import.
    #[serde(default)]
    pub format: Option<ImportFormat>,
    /// The file name, without a path. Required to create an import.
    #[serde(default)]
    pub name: Option<FileName>,
    /// The file's size in bytes: at most 100 MB (104857600). Required to create an import.
    #[serde(default)]
    pub size: Option<u64>,
    /// The board that receives the tasks. Defaults to the project's first board. Used when creating an import.
    #[serde(default)]
    pub board_id: Option<BoardId>,
    /// The meaning of a table's columns, by header. Columns that are left out are mapped by their usual names.
    #[serde(default)]
    pub mapping: Option<Mapping>,
    /// How values are read that could be two things: the order of the numbers of a day, the decimal sign, the time zone. What
    /// is left out is told from the file; what the file does not tell is left out of its task until somebody chooses.
    #[serde(default)]
    pub choices: Option<Choices>,
    /// Whether archived cards of Trello come along, as archived; if nobody says, they are left out.
    #[serde(default)]
    pub archived: Option<bool>,
    /// Whether to create columns that the board lacks. Defaults to true for JSON and Trello files. Otherwise such a
    /// task goes to the first column of its status, or else to the first column.
    #[serde(default)]
    pub make_columns: Option<bool>,
    /// Whether to read and check the file without writing anything. Defaults to true. Used when starting an import.
    #[serde(default)]
    pub dry_run: Option<bool>,
}

impl ImportRequest {
    /// Refuses fields that do not apply to the requested step.
    pub(crate) fn check(&self) -> Result<()> {
        let begun = [
            ("format", self.format.is_some()),
            ("name", self.name.is_some()),
            ("size", self.size.is_some()),
            ("board_id", self.board_id.is_some()),
        ];
        if self.choices.as_ref().is_some_and(|choices| choices.columns.len() > MOST_CHOSEN) {
            return Err(Error::field("choices.columns", format!("takes at most {MOST_CHOSEN} columns")));
        }
        let wrong: Vec<(&str, &str)> = if self.import_id.is_some() {
            let said = begun.into_iter().filter(|(_, there)| *there);
            said.map(|(field, _)| (field, "was said when the import was begun")).collect()
        } else {
            let needed = begun.into_iter().take(3).filter(|(_, there)| !there);
            let early = self.dry_run.map(|_| ("dry_run", "is said when the import is started, once its file was sent"));
            needed.map(|(field, _)| (field, "is needed to begin an import")).chain(early).collect()
        };
        let errors = wrong
            .into_iter()
            .map(|(field, message)| FieldError { field: field.to_owned(), message: message.to_owned() });
        let errors: Vec<FieldError> = errors.collect();
        if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
    }
}

/// Imports tasks out of a file, in two steps.
///
/// First without `import_id`: the answer holds a signed form, by which the browser posts the file straight to the bucket.
/// Then with `import_id`, as often as needed: a dry run reads the file and says what would be made and what is wrong with
/// which line, and with `dry_run: false` the tasks are made. Either goes on behind the answer; data-import-status says how
/// far it is. A start that is repeated changes nothing, and one that failed is carried on where it broke off.
///
/// Reads a table (CSV), a project as data-export writes it (JSON), a board of Trello (its JSON export) and issues of Jira
/// (its CSV export with all fields, in any language that Jira ships). A day or a number that could be two is taken for neither:
/// the dry run names the choice, and `choices` makes it. All that is left out is told, line by line, in the answer of
/// data-import-status and in a table that it leads to. A line without a title is left out; all else that does not fit is left out of its
/// task, and told. People are found by their addresses, or by a name that one alone bears; labels that are missing are
/// made. What data-export wrote comes in as it was, archived tasks, logged time and all that happened in sprints included;
/// the project's settings, its people and the rules of its boards stay. The files on its tasks come along where they are in
/// the same workspace still and the one who imports may see them, as they are on the tasks that the file names; those of
/// other workspaces and of other systems stay behind, and are named. An archived task that could not be restored any more
/// counts as archived now.
#[derive(Clone, JsonSchema)]
pub struct ImportTasks;

impl Endpoint for ImportTasks {
    const ROUTE: Route = Route::post("data-import", "/api/imports/tasks").needs(ProjectRole::Manager);
    type Uses = (Table<Write>, Blobs<ReceiveImport>, Sender<ImportStep>);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Json<ImportRequest>;
    type Output = Created<Import>;

    fn project(call: &Call<Self>) -> Option<ProjectKey> {
        Some(call.body.0.project.clone())
    }

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        match &call.body.0.import_id {
            Some(import) => start(&call, import).await,
            None => begin(&call).await,
        }
    }
}

async fn begin(call: &Call<ImportTasks>) -> Result<Created<Import>> {
    let (table, blobs): (&Table<Write>, &Blobs<ReceiveImport>) = (call.table(), call.uses());
    let (sent, now) = (&call.body.0, call.now);
    let read = |scope| async move { table.boards(&scope, &sent.project).await };
    let (scope, boards) = call.authorize(read).await?;
    sent.check()?;
    let (Some(format), Some(name), Some(size)) = (sent.format, &sent.name, sent.size) else {
        return Err(Error::field("format", "is needed to begin an import"));
    };
    check_size(size, LARGEST_IMPORT)?;
    if let Some(board) = &sent.board_id
        && !boards.iter().any(|known| known.board.value.id == *board)
    {
        return Err(Error::field("board_id", "is not a board of this project"));
    }
    let import = ImportRecord {
        id: ImportId::random(&sent.project),
        board_id: sent.board_id.clone(),
        format,
        name: name.clone(),
        size,
        mapping: sent.mapping.clone(),
        choices: sent.choices.clone().unwrap_or_default(),
        archived: sent.archived.unwrap_or_default(),
        zone: None,
        make_columns: sent.make_columns.unwrap_or(matches!(format, ImportFormat::Json | ImportFormat::Trello)),
        by: scope.person().clone(),
        actor: scope.actor(),
        state: ImportState::Waiting,
        run: 0,
        etag: None,
        total: 0,
        left_out: 0,
        problem_count: 0,
        done: 0,
        files: 0,
        files_done: 0,
        position: Position::default(),
        first: None,
        begun_at: None,
        batch: None,
        failure: None,
        created_at: now,
        updated_at: now,
        expires_at: now + IMPORT_KEPT,
    };
    let key = key::import(&scope, &import.id);
    let upload = blobs.form(&key, &MediaType::BYTES, size, UPLOAD_WITHIN.unsigned_abs()).await?;
    let mut change = Transaction::by(&scope);
    change.open_import(&scope, &import);
    call.commit(change, Created(Import::of(&import, Some(upload)))).await
}
