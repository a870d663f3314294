//! tasks-transfer

use crate::parts::answer::{commit, expect_writable};
use millrace_domain::{
    Error,
    id::{BoardId, ProjectKey},
    resource::Task,
};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Tagged, Write};
use millrace_platform::path::TaskPath;
use millrace_task_changes::{TaskWriter, Transferring};
use schemars::JsonSchema;
use serde::Deserialize;

/// The target of a transfer.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// The project: another one in which the caller has at least the developer role, or its own.
    pub project: ProjectKey,
    /// The board of that project.
    pub board_id: BoardId,
}

/// Transfers a task to another project, or to another board of its own.
///
/// In another project it gets a new key and remains reachable by its old one; comments, attachments, time logs, links,
/// watchers and history stay with it. Labels and custom field values are kept if the other project has them by the same
/// name; the sprint is cleared. It goes to the bottom of the first column of its status, or else of the first column,
/// regardless of the WIP limit. Returns 409 for a task with a parent, subtasks or blocking links, which are limited to
/// one project.
#[derive(Clone, JsonSchema)]
pub struct TransferTask;

impl Endpoint for TransferTask {
    const ROUTE: Route = Route::post("tasks-transfer", "/api/tasks/{task}/transfer").needs(ProjectRole::Manager);
    type Uses = (Table<Write>,);
    type Path = TaskPath;
    type Query = Nothing;
    type Body = Json<Transfer>;
    type Output = Tagged<Task>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, task, sent, now) = (call.table(), &call.path.task, &call.body.0, call.now);
        let read = |scope| async move { Transferring::read(table, &scope, task, &sent.project, now).await };
        let (scope, transferring) = call.authorize(read).await?;
        match scope.within(&sent.project, ProjectRole::Developer) {
            Err(Error::NotFound(_)) => return Err(Error::field("project", "is not a project that you see")),
            within => within.map(drop)?,
        }
        transferring.expect_board(&sent.board_id)?;
        expect_writable(&call, &transferring.found)?;
        let outcome = TaskWriter::by(&scope, now).transfer(table, &transferring, &sent.board_id).await?;
        commit(&call, outcome).await
    }
}
