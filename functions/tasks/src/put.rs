//! tasks-put

use crate::parts::answer::{commit, expect_writable};
use millrace_domain::resource::Task;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Tagged, Write};
use millrace_platform::path::TaskPath;
use millrace_task_changes::{Replacing, TaskReplacement, TaskWriter};
use schemars::JsonSchema;

/// Replaces the editable fields of a task. Its position, reporter and watchers stay unchanged.
#[derive(Clone, JsonSchema)]
pub struct PutTask;

impl Endpoint for PutTask {
    const ROUTE: Route = Route::put("tasks-put", "/api/tasks/{task}").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = TaskPath;
    type Query = Nothing;
    type Body = Json<TaskReplacement>;
    type Output = Tagged<Task>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, task, sent, now) = (call.table(), &call.path.task, &call.body.0, call.now);
        let (scope, replacing) =
            call.authorize(|scope| async move { Replacing::read(table, &scope, task, sent, now).await }).await?;
        expect_writable(&call, &replacing.found)?;
        commit(&call, TaskWriter::by(&scope, now).replace(&replacing, sent)?).await
    }
}
