//! `PATCH /api/workspaces/{workspace_id}/members/{user_id}`

use millrace_domain::event::{Changes, EventData};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, Result, Route, Table, Tagged, WorkspaceRole, Write, call::to_value,
};
use millrace_platform::path::WorkspaceMemberPath;
use millrace_store::{
    Stored, Transaction,
    workspace::{Member, WorkspaceMember},
};
use schemars::JsonSchema;
use serde::Deserialize;

/// Changes a member's role. Only owners add or remove owners, and the last owner keeps the role.
#[derive(Clone, JsonSchema)]
pub struct UpdateMember;

/// The role to give to a member.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberChange {
    /// The new role.
    pub role: WorkspaceRole,
}

impl Endpoint for UpdateMember {
    const ROUTE: Route = Route::patch("workspaces-update-member", "/api/workspaces/{workspace_id}/members/{user_id}")
        .in_workspace(WorkspaceRole::Admin);
    type Uses = (Table<Write>,);
    type Path = WorkspaceMemberPath;
    type Query = Nothing;
    type Body = Json<MemberChange>;
    type Output = Tagged<WorkspaceMember>;

    async fn handle(call: Call<Self>) -> Result<Tagged<WorkspaceMember>> {
        let (table, user): (&Table<Write>, _) = (call.table(), &call.path.user_id);
        let (scope, stored) = call.authorize(|scope| async move { table.member(&scope, user).await }).await?;
        call.expect_version(stored.version, || to_value(&stored.resource(scope.role())))?;
        let Json(MemberChange { role }) = call.body;
        if role == stored.value.role {
            return Ok(Tagged(stored.resource(scope.role())));
        }
        let mut change = Transaction::to_member(&scope, &stored);
        table.settle_role(&scope, &mut change, &stored.value, Some(role), call.now).await?;
        let value = Member { role, ..stored.value.clone() };
        let version = change.update(&stored, &value, None);

        let event = call.event(&scope, EventData::UserPermissionChanged(value.in_event()));
        change.event(&event.changing(Changes::of_field("role", &stored.value.role, &role)?));
        // Whoever steps down sees the answer as what they are now.
        let viewer = if *user == *scope.person() { role } else { scope.role() };
        call.commit(change, Tagged(Stored { version, value, ..stored }.resource(viewer))).await
    }
}
