//! sprints-get

use millrace_domain::sprint::Sprint;
use millrace_endpoint::{Call, Endpoint, Nothing, ProjectRole, Read, Result, Route, Table, Tagged};
use millrace_platform::path::SprintPath;
use schemars::JsonSchema;

/// Returns a sprint.
#[derive(Clone, JsonSchema)]
pub struct GetSprint;

impl Endpoint for GetSprint {
    const ROUTE: Route = Route::get("sprints-get", "/api/sprints/{sprint_id}").needs(ProjectRole::Viewer);
    type Uses = (Table<Read>,);
    type Path = SprintPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Tagged<Sprint>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, sprint) = (call.table(), &call.path.sprint_id);
        let (_, stored) = call.authorize(|scope| async move { table.sprint(&scope, sprint).await }).await?;
        Ok(Tagged(stored.value.resource(stored.version)))
    }
}
