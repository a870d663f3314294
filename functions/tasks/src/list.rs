//! tasks-list

use crate::parts::summary::{TaskSummary, TasksQuery, list};
use futures::{StreamExt, TryStreamExt, stream};
use millrace_domain::id::ProjectKey;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole, answer::List};
use millrace_insight::tasks::ProjectTasks;
use schemars::JsonSchema;

/// How many projects are read concurrently.
const PROJECTS_AT_ONCE: usize = 16;

/// Lists tasks of all projects that the caller can see, or of one.
#[derive(Clone, JsonSchema)]
pub struct ListTasks;

impl Endpoint for ListTasks {
    const ROUTE: Route = Route::get("tasks-list", "/api/tasks").in_workspace(WorkspaceRole::Guest).memory(512);
    type Uses = (Table<Read>,);
    type Path = Nothing;
    type Query = TasksQuery;
    type Body = Nothing;
    type Output = Json<List<TaskSummary>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, now) = (call.table(), call.now);
        let (asked, part) = (call.query.asked()?, call.part(call.query.limit, call.query.cursor.as_ref())?);
        let archived = asked.archived;
        if let Some(project) = &call.query.project {
            let (scope, tasks) = call
                .authorize(|scope| async move { ProjectTasks::read(table, &scope, project, archived, now).await })
                .await?;
            return list(table, &scope, &[tasks], &asked, &part).map(Json);
        }
        let (scope, projects) = call.authorize(|scope| async move { table.projects(&scope).await }).await?;
        // Which projects the caller may see is known only now: one more round trip, for all of them together.
        let visible = projects.into_iter().map(|project| project.value.key).filter(|key| scope.role_in(key).is_some());
        let reads = visible.map(|project: ProjectKey| {
            let scope = &scope;
            async move { ProjectTasks::read(table, scope, &project, archived, now).await }
        });
        let tasks: Vec<_> = stream::iter(reads).buffered(PROJECTS_AT_ONCE).try_collect().await?;
        list(table, &scope, &tasks, &asked, &part).map(Json)
    }

    fn project(call: &Call<Self>) -> Option<ProjectKey> {
        call.query.project.clone()
    }
}
