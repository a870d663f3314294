//! teams-add-member

use millrace_domain::resource::Team;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Result, Route, Table, WorkspaceRole, Write};
use millrace_platform::path::TeamMemberPath;
use millrace_store::Transaction;
use schemars::JsonSchema;

/// Adds a member of the workspace to a team.
#[derive(Clone, JsonSchema)]
pub struct AddTeamMember;

impl Endpoint for AddTeamMember {
    const ROUTE: Route =
        Route::put("teams-add-member", "/api/teams/{team_id}/members/{user_id}").in_workspace(WorkspaceRole::Admin);
    type Uses = (Table<Write>,);
    type Path = TeamMemberPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<Team>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, path) = (call.table(), &call.path);
        let (scope, (team, member)) = call
            .authorize(|scope| async move {
                futures::try_join!(table.team(&scope, &path.team_id), table.member(&scope, &path.user_id))
            })
            .await?;
        if team.value.members.contains(&path.user_id) {
            return Ok(Json(team.value.resource(team.version)));
        }
        let mut changed = team.value.clone();
        changed.take_in(&path.user_id, call.now);
        changed.check()?;
        let mut change = Transaction::by(&scope);
        let version = change.update_team(&scope, &team, &changed);
        change.check_members(scope.person(), &[member]);
        call.commit(change, Json(changed.resource(version))).await
    }
}
