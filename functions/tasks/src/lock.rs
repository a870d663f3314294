//! tasks-lock

use crate::parts::answer::expect_writable;
use millrace_domain::task::lock::{Holder, Lock, LockedField};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Write};
use millrace_platform::path::TaskPath;
use millrace_store::Transaction;
use millrace_task_changes::Found;
use schemars::JsonSchema;
use serde::Deserialize;

/// What to lock.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LockRequest {
    /// The field. Defaults to the whole task.
    #[serde(default)]
    pub field: Option<LockedField>,
}

/// Locks a task or one of its text fields for the caller, for 30 seconds or until it is released. Repeating the call
/// renews the lock. Returns 423 if somebody else holds it; `current` contains the holder and the expiry.
#[derive(Clone, JsonSchema)]
pub struct LockTask;

impl Endpoint for LockTask {
    const ROUTE: Route = Route::post("tasks-lock", "/api/tasks/{task}/lock").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = TaskPath;
    type Query = Nothing;
    type Body = Json<LockRequest>;
    type Output = Json<Lock>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, task, now) = (call.table(), &call.path.task, call.now);
        let (scope, found) = call.authorize(|scope| async move { Found::read(table, &scope, task, now).await }).await?;
        expect_writable(&call, &found)?;
        let stored = found.whole.locks.as_ref();
        let member = &scope.member().value;
        let holder = Holder { id: member.user.clone(), name: member.name.clone() };
        let mut locks = stored.map(|stored| stored.value.locks.clone()).unwrap_or_default();
        let lock = locks.take(holder, call.body.0.field.clone(), None, now)?;
        let mut change = Transaction::by(&scope);
        change.put_locks(&scope, task, stored, locks, now);
        call.commit(change, Json(lock)).await
    }
}
