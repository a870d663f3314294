//! tasks-unwatch

use crate::parts::answer::{commit, expect_writable};
use millrace_domain::resource::Task;
use millrace_endpoint::{Call, Endpoint, Nothing, ProjectRole, Result, Route, Table, Tagged, Write};
use millrace_platform::path::TaskPath;
use millrace_task_changes::{Found, TaskWriter};
use schemars::JsonSchema;

/// The caller does not hear of a task's changes any more. Asking again changes nothing.
#[derive(Clone, JsonSchema)]
pub struct UnwatchTask;

impl Endpoint for UnwatchTask {
    const ROUTE: Route = Route::delete("tasks-unwatch", "/api/tasks/{task}/watch").needs(ProjectRole::Viewer);
    type Uses = (Table<Write>,);
    type Path = TaskPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Tagged<Task>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, task, now) = (call.table(), &call.path.task, call.now);
        let (scope, found) = call.authorize(|scope| async move { Found::read(table, &scope, task, now).await }).await?;
        expect_writable(&call, &found)?;
        commit(&call, TaskWriter::by(&scope, now).watch(&found, scope.person(), false)?).await
    }
}
