//! sprints-report

use millrace_domain::sprint::burndown::SprintReport;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table};
use millrace_platform::path::SprintPath;
use schemars::JsonSchema;

/// Returns the result of a closed sprint, or the current state of a running one.
#[derive(Clone, JsonSchema)]
pub struct GetReport;

impl Endpoint for GetReport {
    const ROUTE: Route = Route::get("sprints-report", "/api/sprints/{sprint_id}/report").needs(ProjectRole::Viewer);
    type Uses = (Table<Read>,);
    type Path = SprintPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<SprintReport>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, sprint) = (call.table(), &call.path.sprint_id);
        let (_, (stored, history)) = call
            .authorize(|scope| async move {
                futures::try_join!(table.sprint(&scope, sprint), table.sprint_history(&scope, sprint))
            })
            .await?;
        Ok(Json(history.report_of(&stored.value, call.now)))
    }
}
