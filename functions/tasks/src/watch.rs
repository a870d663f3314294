//! tasks-watch

use crate::parts::answer::{commit, expect_writable};
use millrace_domain::resource::Task;
use millrace_endpoint::{Call, Endpoint, Nothing, ProjectRole, Result, Route, Table, Tagged, Write};
use millrace_platform::path::TaskPath;
use millrace_task_changes::{Found, TaskWriter};
use schemars::JsonSchema;

/// Lets the caller hear of a task's changes. Asking again changes nothing.
#[derive(Clone, JsonSchema)]
pub struct WatchTask;

impl Endpoint for WatchTask {
    const ROUTE: Route = Route::put("tasks-watch", "/api/tasks/{task}/watch").needs(ProjectRole::Viewer);
    type Uses = (Table<Write>,);
    type Path = TaskPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Tagged<Task>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, task, now) = (call.table(), &call.path.task, call.now);
        let (scope, found) = call.authorize(|scope| async move { Found::read(table, &scope, task, now).await }).await?;
        expect_writable(&call, &found)?;
        commit(&call, TaskWriter::by(&scope, now).watch(&found, scope.person(), true)?).await
    }
}
