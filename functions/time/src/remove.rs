//! time-remove

use crate::parts::entry::{Writer, expect_own};
use millrace_endpoint::{Call, Endpoint, NoContent, Nothing, ProjectRole, Result, Route, Table, Write, call::to_value};
use millrace_platform::path::TimeLogPath;
use millrace_store::Transaction;
use schemars::JsonSchema;

/// Removes one of the caller's own time logs.
#[derive(Clone, JsonSchema)]
pub struct RemoveTime;

impl Endpoint for RemoveTime {
    const ROUTE: Route =
        Route::delete("time-remove", "/api/tasks/{task}/time-logs/{log_id}").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = TimeLogPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = NoContent;

    async fn handle(call: Call<Self>) -> Result<NoContent> {
        let (table, path) = (call.table(), &call.path);
        let (scope, (task, log)) = call
            .authorize(|scope| async move {
                futures::try_join!(
                    table.task_alone(&scope, &path.task),
                    table.time_log(&scope, &path.task, path.log_id)
                )
            })
            .await?;
        expect_own(&scope, &log)?;
        call.expect_version(log.version, || to_value(&log.value.resource(log.version)))?;
        task.value.fields.check_live()?;
        let mut change = Transaction::by(&scope);
        change.remove_time(&scope, &log);
        change.event(&Writer::of(&call, &scope).removed(&task.value.fields.board_id, &log.value)?);
        call.commit(change, NoContent).await
    }
}
