//! The common beginning and end of task writes.

use millrace_domain::resource::Task;
use millrace_endpoint::{Call, Endpoint, Result, Table, Tagged, Write, call::to_value};
use millrace_task_changes::{Found, Outcome};

/// Refuses a write to an archived task, or with a stale version.
pub(crate) fn expect_writable<E: Endpoint>(call: &Call<E>, found: &Found) -> Result<()> {
    found.expect_live()?;
    expect_version(call, found)
}

/// Refuses a write with a stale version.
pub(crate) fn expect_version<E: Endpoint>(call: &Call<E>, found: &Found) -> Result<()> {
    call.expect_version(found.version(), || to_value(&found.resource()?))
}

/// Commits the change, if there is one, and returns the task.
pub(crate) async fn commit<E>(call: &Call<E>, outcome: Outcome) -> Result<Tagged<Task>>
where
    E: Endpoint<Uses = (Table<Write>,)>,
{
    match outcome.change {
        Some(change) => call.commit(change, Tagged(outcome.task)).await,
        None => Ok(Tagged(outcome.task)),
    }
}
