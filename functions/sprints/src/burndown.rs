//! sprints-burndown

use crate::parts::progress::progress;
use millrace_domain::sprint::burndown::BurndownDay;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table};
use millrace_platform::path::SprintPath;
use schemars::JsonSchema;

/// Returns a sprint's burndown: per day the remaining points, the total scope, and the ideal remaining points.
///
/// Days follow the workspace's time zone. The burndown of a closed sprint never changes, whatever happens to its tasks
/// or to the calendar later.
#[derive(Clone, JsonSchema)]
pub struct SprintBurndown;

impl Endpoint for SprintBurndown {
    const ROUTE: Route = Route::get("sprints-burndown", "/api/sprints/{sprint_id}/burndown").needs(ProjectRole::Viewer);
    type Uses = (Table<Read>,);
    type Path = SprintPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<Vec<BurndownDay>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, sprint): (&Table<Read>, _) = (call.table(), &call.path.sprint_id);
        let (_, (stored, history, calendar)) =
            call.authorize(|scope| async move { progress(table, &scope, sprint).await }).await?;
        Ok(Json(history.burndown_of(&stored.value, &calendar, call.now)))
    }
}
