//! teams-list

use millrace_domain::resource::Team;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole, answer::List};
use schemars::JsonSchema;

/// Lists the teams of the workspace, ordered by name.
#[derive(Clone, JsonSchema)]
pub struct ListTeams;

impl Endpoint for ListTeams {
    const ROUTE: Route = Route::get("teams-list", "/api/teams").in_workspace(WorkspaceRole::Member);
    type Uses = (Table<Read>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<List<Team>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let table = call.table();
        let (_, teams) = call.authorize(|scope| async move { table.teams(&scope).await }).await?;
        let mut teams: Vec<Team> = teams.iter().map(|team| team.value.resource(team.version)).collect();
        teams.sort_by_cached_key(|team| (team.name.to_lowercase(), team.id.clone()));
        Ok(Json(List::whole(teams)))
    }
}
