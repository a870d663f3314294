//! data-export

use crate::parts::document::{Project, exported};
use futures::{StreamExt, TryStreamExt, stream};
use millrace_domain::{
    Error,
    file::attachment::FileName,
    id::{ProjectKey, SprintId},
    resource::Counters,
    task::transfer::TaskKeys,
};
use millrace_endpoint::{
    Call, Created, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table,
    blobs::{Blobs, Served},
};
use millrace_platform::blobs::{WriteExport, key};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Everything, for a later import.
    Json,
    /// A table of the tasks, for a spreadsheet.
    Csv,
}

/// What to export.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportRequest {
    /// The project.
    pub project: ProjectKey,
    /// The format.
    pub format: ExportFormat,
}

/// An exported project.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Export {
    /// A signed URL that is valid for ten minutes.
    pub url: String,
    /// The file name.
    pub name: FileName,
    /// The size in bytes.
    pub size: usize,
    /// The number of tasks.
    pub tasks: usize,
    /// The number of attachments on those tasks. The export names them, and an import into the same workspace copies
    /// them.
    pub attachments: u32,
}

/// How many tasks are read concurrently.
const AT_ONCE: usize = 64;

/// Exports a project: as JSON, which data-import can read, or its live tasks as CSV. CSV cells never start a formula.
///
/// The JSON contains boards and columns, labels, custom fields, sprints with their history, and live and archived tasks
/// with descriptions, positions, links, watchers, logged time, and comments with reactions and previous versions.
/// Attachments are listed by name, uploader and time; an import into a project of the same workspace copies them. It
/// does not contain the tasks' history, members, project settings and board workflows. The file is kept for a week.
#[derive(Clone, JsonSchema)]
pub struct ExportTasks;

impl Endpoint for ExportTasks {
    const ROUTE: Route =
        Route::post("data-export", "/api/exports/tasks").needs(ProjectRole::Manager).timeout(29).memory(1_769);
    type Uses = (Table<Read>, Blobs<WriteExport>);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Json<ExportRequest>;
    type Output = Created<Export>;

    fn project(call: &Call<Self>) -> Option<ProjectKey> {
        Some(call.body.0.project.clone())
    }

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, blobs): (&Table<Read>, &Blobs<WriteExport>) = (call.table(), call.uses());
        let key = &call.body.0.project;
        let now = call.now;
        let read = |scope| async move { Project::read(table, &scope, key, now).await };
        let (scope, project) = call.authorize(read).await?;
        let scope = &scope;
        let wanted: Vec<(TaskKeys, Counters)> =
            project.tasks.iter().map(|task| (task.value.fields.keys(), task.value.counters)).collect();
        let belongings = stream::iter(wanted)
            .map(|(task, counters)| async move { table.belongings(scope, &task, counters).await })
            .buffered(AT_ONCE);
        let sprints: Vec<SprintId> = project.sprints.iter().map(|sprint| sprint.value.id.clone()).collect();
        let histories = stream::iter(sprints)
            .map(|sprint| async move { table.sprint_history(scope, &sprint).await })
            .buffered(AT_ONCE);
        let (belongings, histories): (Vec<_>, Vec<_>) =
            futures::try_join!(belongings.try_collect(), histories.try_collect())?;
        let (tasks, attachments) =
            (project.tasks.len(), project.tasks.iter().map(|task| task.value.counters.attachments).sum());
        let file = exported(scope.workspace(), &project, belongings, histories, now);
        let (ending, content_type, bytes) = match call.body.0.format {
            ExportFormat::Json => ("json", "application/json", serde_json::to_vec(&file).map_err(Error::internal)?),
            ExportFormat::Csv => ("csv", "text/csv; charset=utf-8", file.csv().into_bytes()),
        };
        let day = call.now.strftime("%Y-%m-%d");
        let name = FileName::new(&format!("{key}-{day}.{ending}")).map_err(Error::internal)?;
        let size = bytes.len();
        let key = key::export(scope);
        blobs.put(&key, content_type, bytes).await?;
        let url = blobs.address(&key, &Served::kept(&name, content_type)).await?;
        Ok(Created(Export { url, name, size, tasks, attachments }))
    }
}
