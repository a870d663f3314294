//! data-import-status

use crate::parts::resource::Import;
use millrace_domain::{
    Error,
    file::attachment::FileName,
    import::{
        ImportProblem,
        choices::FoundChoice,
        mapping::DetectedColumn,
        progress::{Made, PreviewedTask, UnreadColumn},
    },
};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table,
    blobs::{Blobs, Served},
};
use millrace_platform::{
    blobs::{ShowProblems, key},
    path::ImportPath,
};
use millrace_store::{
    Scope,
    import::{FoundRecord, ImportRecord},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Pagination of the problems.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct ImportStatusQuery {
    /// The number of problems: 1 to 100. Defaults to 50.
    pub limit: Option<u8>,
    /// The cursor: `next` of the previous page.
    pub cursor: Option<String>,
}

/// An import and what was found in its file.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ImportFound {
    /// The import and its progress.
    pub import: Import,
    /// The columns of a table and their meaning; empty for other formats and before the file was read.
    pub columns: Vec<DetectedColumn>,
    /// The first tasks, as they would be created.
    pub preview: Vec<PreviewedTask>,
    /// What the project lacks and the import creates.
    pub made: Made,
    /// The choices that the file leaves: days, numbers and times that could be two things.
    pub choices: Vec<FoundChoice>,
    /// The columns of which nothing is taken though something is in them.
    pub unread: Vec<UnreadColumn>,
    /// How many archived cards are left out because nobody asked for them.
    pub archived_left_out: u64,
    /// Where all that is wrong and left out is fetched as a table (CSV): a signed address that is good for ten minutes; null
    /// where nothing is.
    pub problems_url: Option<String>,
    /// The problems, ordered by line.
    pub problems: Vec<ImportProblem>,
    /// The cursor of the next page of problems; null on the last.
    pub next: Option<String>,
}

/// Returns the progress of an import, what was found in its file, and a page of its problems.
///
/// An import and its file are deleted after a week.
#[derive(Clone, JsonSchema)]
pub struct ImportStatus;

impl Endpoint for ImportStatus {
    const ROUTE: Route = Route::get("data-import-status", "/api/imports/{import_id}").needs(ProjectRole::Manager);
    type Uses = (Table<Read>, Blobs<ShowProblems>);
    type Path = ImportPath;
    type Query = ImportStatusQuery;
    type Body = Nothing;
    type Output = Json<ImportFound>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let part = &call.part(call.query.limit, call.query.cursor.as_ref())?;
        let (table, id) = (call.table(), &call.path.import_id);
        let (scope, (import, found)) = call.authorize(|scope| async move { table.import(&scope, id).await }).await?;
        let found = found.map(|found| found.value).unwrap_or_default();
        let problems_url = problems_url(&call, &scope, &import.value, &found).await?;
        let FoundRecord { columns, preview, made, problems, choices, unread, archived } = found;
        let list = format!("{id}/problems");
        let start: usize = table.open_position(&scope, &list, part)?.unwrap_or(0);
        let shown: Vec<ImportProblem> = problems.iter().skip(start).take(part.limit.into()).cloned().collect();
        let end = start + shown.len();
        let next = (end < problems.len()).then(|| table.seal_position(&scope, &list, &end)).transpose()?;
        Ok(Json(ImportFound {
            import: Import::of(&import.value, None),
            columns,
            preview,
            made,
            choices,
            unread,
            archived_left_out: archived,
            problems_url,
            problems: shown,
            next,
        }))
    }
}

/// Where the table of problems is fetched, where there is one.
async fn problems_url(
    call: &Call<ImportStatus>,
    scope: &Scope,
    import: &ImportRecord,
    found: &FoundRecord,
) -> Result<Option<String>> {
    if found.problems.is_empty() && found.unread.is_empty() {
        return Ok(None);
    }
    let blobs: &Blobs<ShowProblems> = call.uses();
    let name = FileName::new(&format!("{}-problems.csv", import.id.project())).map_err(Error::internal)?;
    let served = Served::kept(&name, "text/csv; charset=utf-8");
    blobs.address(&key::import_problems(scope, &import.id), &served).await.map(Some)
}
