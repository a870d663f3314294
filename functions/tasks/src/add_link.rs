//! tasks-add-link

use crate::parts::task_link::TaskLink;
use millrace_domain::{
    id::TaskKey,
    task::link::{Link, Relation},
};
use millrace_endpoint::{Call, Created, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Write};
use millrace_platform::path::TaskPath;
use millrace_task_changes::{LinkStep, Linking, TaskWriter};
use schemars::JsonSchema;
use serde::Deserialize;

/// A link to add.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLink {
    /// The task's relation to the other one.
    pub kind: Relation,
    /// The other task: a live one that the caller sees. For blocking links, one of the same project.
    pub task: TaskKey,
}

/// Links a task to another one, at both ends. An existing link is returned unchanged.
///
/// Returns 422 naming `task` and describing the cycle if the tasks would block each other.
#[derive(Clone, JsonSchema)]
pub struct AddLink;

impl Endpoint for AddLink {
    const ROUTE: Route = Route::post("tasks-add-link", "/api/tasks/{task}/links").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = TaskPath;
    type Query = Nothing;
    type Body = Json<NewLink>;
    type Output = Created<TaskLink>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, sent) = (call.table(), &call.body.0);
        let asked = || Link { task: call.path.task.clone(), relation: sent.kind, other: sent.task.clone() };
        let (scope, linking) =
            call.authorize(|scope| async move { Linking::read(table, &scope, asked()).await }).await?;
        linking.expect_visible(&scope)?;
        linking.link.check()?;
        let answer = Created(TaskLink::new(&linking.link.id(), linking.other()));
        if linking.there.is_some() {
            return Ok(answer);
        }
        call.commit(TaskWriter::by(&scope, call.now).link(&linking, LinkStep::Add)?, answer).await
    }
}
