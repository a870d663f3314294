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

/// What a project is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// All of it, to be imported again.
    Json,
    /// A table of its tasks, for a spreadsheet.
    Csv,
}

/// What is to be exported.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportRequest {
    /// The project.
    pub project: ProjectKey,
    /// What it is written as.
    pub format: ExportFormat,
}

/// A project as a file.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Export {
    /// Where it is fetched: a signed address that is good for ten minutes.
    pub url: String,
    /// What the file is called.
    pub name: FileName,
    /// How many bytes it has.
    pub size: usize,
    /// How many tasks are in it.
    pub tasks: usize,
    /// How many files are on those tasks: it names them, and an import into the same workspace takes them along.
    pub attachments: u32,
}

/// How many tasks are read at the same time.
const AT_ONCE: usize = 64;

/// Exports a project: as JSON, which data-import reads back; or its live tasks as a table (CSV), in which no cell is a
/// formula.
///
/// The JSON holds boards with their columns, labels, own fields, sprints with all that happened in them, and the tasks,
/// live and archived, with their texts, places, links, watchers and logged time, and their comments with the reactions to
/// them and what they said before they were edited. The files on tasks are named, with who attached them and when: what is in
/// them comes along where the JSON is imported into a project of the same workspace. Not in it are the tasks' history, who
/// takes part, the project's settings and the rules of its boards. What is written is kept for a week.
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
