//! tasks-get

use millrace_domain::resource::Task;
use millrace_endpoint::{Call, Endpoint, Nothing, ProjectRole, Read, Result, Route, Table, Tagged};
use millrace_platform::path::TaskPath;
use millrace_task_changes::Found;
use schemars::JsonSchema;

/// Returns a task, archived or not.
#[derive(Clone, JsonSchema)]
pub struct GetTask;

impl Endpoint for GetTask {
    const ROUTE: Route = Route::get("tasks-get", "/api/tasks/{task}").needs(ProjectRole::Viewer);
    type Uses = (Table<Read>,);
    type Path = TaskPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Tagged<Task>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, task, now) = (call.table(), &call.path.task, call.now);
        let (_, found) = call.authorize(|scope| async move { Found::read(table, &scope, task, now).await }).await?;
        found.resource().map(Tagged)
    }
}
