//! tasks-patch

use crate::parts::answer::{commit, expect_writable};
use millrace_domain::resource::Task;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Tagged, Write};
use millrace_platform::path::TaskPath;
use millrace_task_changes::{Changing, TaskChange, TaskWriter};
use schemars::JsonSchema;

/// Changes some fields of a task.
#[derive(Clone, JsonSchema)]
pub struct PatchTask;

impl Endpoint for PatchTask {
    const ROUTE: Route = Route::patch("tasks-patch", "/api/tasks/{task}").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = TaskPath;
    type Query = Nothing;
    type Body = Json<TaskChange>;
    type Output = Tagged<Task>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, task, sent, now) = (call.table(), &call.path.task, &call.body.0, call.now);
        let (scope, changing) =
            call.authorize(|scope| async move { Changing::read(table, &scope, task, sent, now).await }).await?;
        expect_writable(&call, &changing.found)?;
        commit(&call, TaskWriter::by(&scope, now).change(&changing, sent)?).await
    }
}
