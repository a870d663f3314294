//! tasks-delete

use crate::parts::answer::expect_version;
use millrace_endpoint::{Call, Endpoint, NoContent, Nothing, ProjectRole, Result, Route, Table, Write};
use millrace_platform::path::TaskPath;
use millrace_task_changes::{Found, TaskWriter};
use schemars::JsonSchema;

/// Archives a task. It leaves its board and can be restored for 30 days. Idempotent.
#[derive(Clone, JsonSchema)]
pub struct DeleteTask;

impl Endpoint for DeleteTask {
    const ROUTE: Route = Route::delete("tasks-delete", "/api/tasks/{task}").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = TaskPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = NoContent;

    async fn handle(call: Call<Self>) -> Result<NoContent> {
        let (table, task, now) = (call.table(), &call.path.task, call.now);
        let (scope, found) = call.authorize(|scope| async move { Found::read(table, &scope, task, now).await }).await?;
        if !found.whole.archived() {
            expect_version(&call, &found)?;
        }
        match TaskWriter::by(&scope, now).archive(&found)?.change {
            Some(change) => call.commit(change, NoContent).await,
            None => Ok(NoContent),
        }
    }
}
