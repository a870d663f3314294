//! `DELETE /api/workspaces/{workspace_id}/invites/{invite_id}`

use millrace_endpoint::{Call, Endpoint, NoContent, Nothing, Result, Route, Table, WorkspaceRole, Write};
use millrace_platform::path::WorkspaceInvitePath;
use millrace_store::Transaction;
use schemars::JsonSchema;

/// Revokes an invitation. Its link becomes invalid.
#[derive(Clone, JsonSchema)]
pub struct RevokeInvite;

impl Endpoint for RevokeInvite {
    const ROUTE: Route =
        Route::delete("workspaces-revoke-invite", "/api/workspaces/{workspace_id}/invites/{invite_id}")
            .in_workspace(WorkspaceRole::Admin);
    type Uses = (Table<Write>,);
    type Path = WorkspaceInvitePath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = NoContent;

    async fn handle(call: Call<Self>) -> Result<NoContent> {
        let (table, invite): (&Table<Write>, _) = (call.table(), &call.path.invite_id);
        let (scope, stored) = call.authorize(|scope| async move { table.invite(&scope, invite).await }).await?;
        let mut change = Transaction::by(&scope);
        change.delete(&stored);
        call.commit(change, NoContent).await
    }
}
