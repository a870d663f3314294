//! tasks-restore

use crate::parts::answer::{commit, expect_version};
use millrace_domain::resource::Task;
use millrace_endpoint::{Call, Endpoint, Nothing, ProjectRole, Result, Route, Table, Tagged, Write};
use millrace_platform::path::TaskPath;
use millrace_task_changes::{Found, TaskWriter, former_parents};
use schemars::JsonSchema;

/// Restores an archived task to its former place, regardless of its column's WIP limit.
///
/// If its column was removed, it goes to the bottom of the board's first one. If its parent was transferred to another
/// project, it no longer has a parent. Does nothing if the task is not archived.
#[derive(Clone, JsonSchema)]
pub struct RestoreTask;

impl Endpoint for RestoreTask {
    const ROUTE: Route = Route::post("tasks-restore", "/api/tasks/{task}/restore").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = TaskPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Tagged<Task>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, task, now) = (call.table(), &call.path.task, call.now);
        let (scope, found) = call.authorize(|scope| async move { Found::read(table, &scope, task, now).await }).await?;
        if found.whole.archived() {
            expect_version(&call, &found)?;
        }
        let transferred = table.transferred_among(&scope, former_parents([found.fields()])).await?;
        commit(&call, TaskWriter::by(&scope, now).restore(&found, &transferred)?).await
    }
}
