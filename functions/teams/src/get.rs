//! teams-get

use millrace_domain::resource::Team;
use millrace_endpoint::{Call, Endpoint, Nothing, Read, Result, Route, Table, Tagged, WorkspaceRole};
use millrace_platform::path::TeamPath;
use schemars::JsonSchema;

/// Returns a team.
#[derive(Clone, JsonSchema)]
pub struct GetTeam;

impl Endpoint for GetTeam {
    const ROUTE: Route = Route::get("teams-get", "/api/teams/{team_id}").in_workspace(WorkspaceRole::Member);
    type Uses = (Table<Read>,);
    type Path = TeamPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Tagged<Team>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, id) = (call.table(), &call.path.team_id);
        let (_, team) = call.authorize(|scope| async move { table.team(&scope, id).await }).await?;
        Ok(Tagged(team.value.resource(team.version)))
    }
}
