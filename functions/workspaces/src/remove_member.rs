//! `DELETE /api/workspaces/{workspace_id}/members/{user_id}`

use millrace_domain::event::{Changes, EventData};
use millrace_endpoint::{
    Call, Endpoint, NoContent, Nothing, Result, Route, Table, WorkspaceRole, Write, call::to_value,
};
use millrace_platform::path::WorkspaceMemberPath;
use millrace_store::Transaction;
use schemars::JsonSchema;

/// Removes a member from the workspace and from all of its projects. Admins can remove others and everybody can leave.
/// Only an owner can remove an owner, and the last owner cannot be removed.
#[derive(Clone, JsonSchema)]
pub struct RemoveMember;

impl Endpoint for RemoveMember {
    const ROUTE: Route = Route::delete("workspaces-remove-member", "/api/workspaces/{workspace_id}/members/{user_id}")
        .in_workspace(WorkspaceRole::Guest);
    type Uses = (Table<Write>,);
    type Path = WorkspaceMemberPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = NoContent;

    async fn handle(call: Call<Self>) -> Result<NoContent> {
        let (table, user): (&Table<Write>, _) = (call.table(), &call.path.user_id);
        let read = |scope| async move { Ok(futures::join!(table.member(&scope, user), table.teams(&scope))) };
        let (scope, (found, teams)) = call.authorize(read).await?;
        // Before it is told whether there is such a member: that is not for everybody to try out.
        scope.expect_admin_unless(*user == *scope.person())?;
        let stored = found?;
        call.expect_version(stored.version, || to_value(&stored.resource(scope.role())))?;
        let mut change = Transaction::to_member(&scope, &stored);
        table.settle_role(&scope, &mut change, &stored.value, None, call.now).await?;
        change.leave(scope.workspace(), &stored);
        change.leave_teams(&teams?, user, call.now);

        let event = call.event(&scope, EventData::UserPermissionChanged(stored.value.in_event()));
        change.event(&event.changing(Changes::of_field("role", &Some(stored.value.role), &None)?));
        call.commit(change, NoContent).await
    }
}
