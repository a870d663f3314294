//! teams-delete

use millrace_endpoint::{
    Call, Endpoint, NoContent, Nothing, Result, Route, Table, WorkspaceRole, Write, call::to_value,
};
use millrace_platform::path::TeamPath;
use millrace_store::Transaction;
use schemars::JsonSchema;

/// Deletes a team. Its members stay in the workspace.
#[derive(Clone, JsonSchema)]
pub struct DeleteTeam;

impl Endpoint for DeleteTeam {
    const ROUTE: Route = Route::delete("teams-delete", "/api/teams/{team_id}").in_workspace(WorkspaceRole::Admin);
    type Uses = (Table<Write>,);
    type Path = TeamPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = NoContent;

    async fn handle(call: Call<Self>) -> Result<NoContent> {
        let (table, id) = (call.table(), &call.path.team_id);
        let (scope, team) = call.authorize(|scope| async move { table.team(&scope, id).await }).await?;
        call.expect_version(team.version, || to_value(&team.value.resource(team.version)))?;
        let mut change = Transaction::by(&scope);
        change.disband_team(&scope, &team);
        call.commit(change, NoContent).await
    }
}
