//! tasks-delete

use crate::lookup::{Found, on_task};
use millrace_domain::{event::EventType, resource::Card};
use millrace_endpoint::{Call, Endpoint, NoContent, Nothing, ProjectRole, Result, Route, Table, Write, path::TaskPath};
use millrace_store::Transaction;
use schemars::JsonSchema;

/// Archives a task: it leaves its board, and can be restored for 30 days. Archiving it again does nothing.
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
        if found.whole.archived() {
            return Ok(NoContent);
        }
        found.expect_version(&call)?;
        let mut fields = found.whole.fields.value.0.clone();
        fields.archived_at = Some(now);
        fields.updated_at = now;
        let mut change = Transaction::by(&scope);
        let version = change.shelve_task(&scope, &found.whole.fields, &fields);
        if let Some(parent) = &fields.parent {
            change.remove_subtask(&scope, parent, &fields.key);
        }
        let card = Card::new(&fields, version, found.board.status(&fields)?, found.whole.counts);
        change.event(&on_task(&call, &scope, EventType::TaskArchived, &card, Vec::new())?);
        call.commit(change, NoContent).await
    }
}
