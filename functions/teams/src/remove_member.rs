//! teams-remove-member

use millrace_domain::Error;
use millrace_endpoint::{Call, Endpoint, NoContent, Nothing, Result, Route, Table, WorkspaceRole, Write};
use millrace_platform::path::TeamMemberPath;
use millrace_store::Transaction;
use schemars::JsonSchema;

/// Removes a person from a team. A lead who is removed no longer leads it.
#[derive(Clone, JsonSchema)]
pub struct RemoveTeamMember;

impl Endpoint for RemoveTeamMember {
    const ROUTE: Route = Route::delete("teams-remove-member", "/api/teams/{team_id}/members/{user_id}")
        .in_workspace(WorkspaceRole::Admin);
    type Uses = (Table<Write>,);
    type Path = TeamMemberPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = NoContent;

    async fn handle(call: Call<Self>) -> Result<NoContent> {
        let (table, path) = (call.table(), &call.path);
        let (scope, team) = call.authorize(|scope| async move { table.team(&scope, &path.team_id).await }).await?;
        if !team.value.members.contains(&path.user_id) {
            return Err(Error::not_found("person"));
        }
        let mut changed = team.value.clone();
        changed.let_go(&path.user_id, call.now);
        let mut change = Transaction::by(&scope);
        change.update_team(&scope, &team, &changed);
        call.commit(change, NoContent).await
    }
}
