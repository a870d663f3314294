//! tasks-create

use millrace_domain::resource::Task;
use millrace_endpoint::{Call, Created, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Write};
use millrace_platform::path::ProjectPath;
use millrace_task_changes::{Creating, NewTask, TaskWriter};
use schemars::JsonSchema;

/// Creates a task. The caller is its reporter and watches it.
#[derive(Clone, JsonSchema)]
pub struct CreateTask;

impl Endpoint for CreateTask {
    const ROUTE: Route = Route::post("tasks-create", "/api/projects/{project}/tasks").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = ProjectPath;
    type Query = Nothing;
    type Body = Json<NewTask>;
    type Output = Created<Task>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, project, sent) = (call.table(), &call.path.project, &call.body.0);
        let (scope, creating) =
            call.authorize(|scope| async move { Creating::read(table, &scope, project, sent).await }).await?;
        let created = TaskWriter::by(&scope, call.now).create(&creating, sent)?;
        call.commit(created.change, Created(created.task)).await
    }
}
