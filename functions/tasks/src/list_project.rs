//! tasks-list-project

use crate::parts::summary::{ProjectTasksQuery, TaskSummary, list};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table, answer::List};
use millrace_insight::tasks::ProjectTasks;
use millrace_platform::path::ProjectPath;
use schemars::JsonSchema;

/// Lists the live or archived tasks of a project.
#[derive(Clone, JsonSchema)]
pub struct ListProjectTasks;

impl Endpoint for ListProjectTasks {
    const ROUTE: Route =
        Route::get("tasks-list-project", "/api/projects/{project}/tasks").needs(ProjectRole::Viewer).memory(512);
    type Uses = (Table<Read>,);
    type Path = ProjectPath;
    type Query = ProjectTasksQuery;
    type Body = Nothing;
    type Output = Json<List<TaskSummary>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, project, now) = (call.table(), &call.path.project, call.now);
        let (asked, part) = (call.query.asked()?, call.part(call.query.limit, call.query.cursor.as_ref())?);
        let archived = asked.archived;
        let (scope, tasks) = call
            .authorize(|scope| async move { ProjectTasks::read(table, &scope, project, archived, now).await })
            .await?;
        list(table, &scope, &[tasks], &asked, &part).map(Json)
    }
}
