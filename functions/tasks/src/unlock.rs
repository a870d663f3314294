//! tasks-unlock

use millrace_domain::task::lock::LockedField;
use millrace_endpoint::{Call, Endpoint, NoContent, ProjectRole, Result, Route, Table, Write};
use millrace_platform::path::TaskPath;
use millrace_store::Transaction;
use millrace_task_changes::Found;
use schemars::JsonSchema;
use serde::Deserialize;

/// What to release.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct UnlockQuery {
    /// The field. Defaults to the whole task.
    pub field: Option<LockedField>,
}

/// Releases the lock that the caller took with tasks-lock. Idempotent. Locks taken on a socket are released there.
#[derive(Clone, JsonSchema)]
pub struct UnlockTask;

impl Endpoint for UnlockTask {
    const ROUTE: Route = Route::delete("tasks-unlock", "/api/tasks/{task}/lock").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = TaskPath;
    type Query = UnlockQuery;
    type Body = millrace_endpoint::Nothing;
    type Output = NoContent;

    async fn handle(call: Call<Self>) -> Result<NoContent> {
        let (table, task, now) = (call.table(), &call.path.task, call.now);
        let (scope, found) = call.authorize(|scope| async move { Found::read(table, &scope, task, now).await }).await?;
        let Some(stored) = &found.whole.locks else { return Ok(NoContent) };
        let mut locks = stored.value.locks.clone();
        locks.release(scope.person(), call.query.field.as_ref(), None, now);
        if locks == stored.value.locks {
            return Ok(NoContent);
        }
        let mut change = Transaction::by(&scope);
        change.put_locks(&scope, task, Some(stored), locks, now);
        call.commit(change, NoContent).await
    }
}
