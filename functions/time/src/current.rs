//! time-current

use crate::parts::timer::Timer;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole};
use schemars::JsonSchema;
use serde::Serialize;

/// The caller's timer.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RunningTimer {
    /// The running timer; null if none runs.
    pub timer: Option<Timer>,
}

/// Returns the caller's timer.
#[derive(Clone, JsonSchema)]
pub struct CurrentTimer;

impl Endpoint for CurrentTimer {
    const ROUTE: Route = Route::get("time-current", "/api/timer").in_workspace(WorkspaceRole::Guest);
    type Uses = (Table<Read>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<RunningTimer>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, person) = (call.table(), call.person()?);
        let (_, timer) = call.authorize(|scope| async move { table.timer(&scope, person).await }).await?;
        Ok(Json(RunningTimer { timer: timer.map(|timer| Timer::of(&timer.value)) }))
    }
}
