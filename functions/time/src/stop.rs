//! time-stop

use crate::parts::{
    entry::Writer,
    timer::{Ended, HOMES, StoppedTimer, stands_elsewhere},
};
use millrace_domain::Error;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Result, Route, Table, WorkspaceRole, Write};
use millrace_store::{Transaction, time::Home};
use schemars::JsonSchema;
use serde::Deserialize;

/// How to stop the timer.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimerStop {
    /// Whether to discard the measured time instead of logging it.
    #[serde(default)]
    pub discard: bool,
}

/// Stops the caller's timer and logs the measured time, rounded to the minute, on each day it spans. Less than a minute
/// is not logged, and the response says so. A timer counts for at most 24 hours.
#[derive(Clone, JsonSchema)]
pub struct StopTimer;

impl Endpoint for StopTimer {
    // Whoever started it may stop it, whatever became of their role in the project since.
    const ROUTE: Route = Route::post("time-stop", "/api/timer/stop").in_workspace(WorkspaceRole::Guest);
    type Uses = (Table<Write>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Option<Json<TimerStop>>;
    type Output = Json<StoppedTimer>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, person) = (call.table(), call.person()?);
        let discard = call.body.as_ref().is_some_and(|body| body.0.discard);
        let (scope, (running, calendar)) = call
            .authorize(|scope| async move { futures::try_join!(table.timer(&scope, person), table.calendar(&scope)) })
            .await?;
        let running = running.ok_or_else(|| Error::conflict("No timer runs."))?;
        let ended = Ended::of(person, &running.value, &calendar, call.now);
        let ended = if discard { ended.discarded() } else { ended };
        let writer = Writer::of(&call, &scope);
        let mut scope = scope.following(running.value.keys());
        for home in HOMES {
            if home == Home::Elsewhere {
                scope = table.follow(scope, &running.value.task).await?;
            }
            let mut change = Transaction::by(&scope);
            change.delete(&running);
            ended.write(&writer, &scope, &mut change, home)?;
            match call.commit(change, Json(ended.stopped.clone())).await {
                Err(error) if stands_elsewhere(&error, home) => {}
                done => return done,
            }
        }
        Err(Error::Raced)
    }
}
