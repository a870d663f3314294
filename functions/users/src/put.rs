//! `PUT /api/users/{user_id}`

use millrace_domain::{
    event::{Changes, EventData},
    text::Name,
};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, Result, Route, Table, Tagged, WorkspaceRole, Write, call::to_value,
};
use millrace_platform::path::UserPath;
use millrace_store::{
    Stored, Transaction,
    workspace::{Member, WorkspaceMember},
};
use schemars::JsonSchema;
use serde::Deserialize;

/// Replaces a person's name in this workspace and, by admins, their role. Everybody can change their own name; admins
/// can change that of others.
#[derive(Clone, JsonSchema)]
pub struct PutUser;

/// The writable fields of a person.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserBody {
    /// The name shown in this workspace.
    pub name: Name,
    /// The role in the workspace; unchanged if omitted. As in workspaces-update-member, only owners add or remove
    /// owners.
    pub role: Option<WorkspaceRole>,
}

impl Endpoint for PutUser {
    const ROUTE: Route = Route::put("users-put", "/api/users/{user_id}").in_workspace(WorkspaceRole::Guest);
    type Uses = (Table<Write>,);
    type Path = UserPath;
    type Query = Nothing;
    type Body = Json<UserBody>;
    type Output = Tagged<WorkspaceMember>;

    async fn handle(call: Call<Self>) -> Result<Tagged<WorkspaceMember>> {
        let (table, user): (&Table<Write>, _) = (call.table(), &call.path.user_id);
        let (scope, stored) = call.authorize(|scope| async move { table.member(&scope, user).await }).await?;
        let own = *user == *scope.person();
        scope.expect_admin_unless(own)?;
        call.expect_version(stored.version, || to_value(&stored.resource(scope.role())))?;
        let Json(body) = call.body.clone();
        let former = &stored.value;
        let value = Member { name: body.name, role: body.role.unwrap_or(former.role), ..former.clone() };
        if value == *former {
            return Ok(Tagged(stored.resource(scope.role())));
        }
        let mut change = Transaction::to_member(&scope, &stored);
        if value.name != former.name {
            let event = call.event(&scope, EventData::UserUpdated(value.in_event()));
            change.event(&event.changing(Changes::of_field("name", &former.name, &value.name)?));
        }
        if value.role != former.role {
            let event = call.event(&scope, EventData::UserPermissionChanged(value.in_event()));
            change.event(&event.changing(Changes::of_field("role", &former.role, &value.role)?));
            table.settle_role(&scope, &mut change, former, Some(value.role), call.now).await?;
        }
        let version = change.update(&stored, &value, None);
        let viewer = if own { value.role } else { scope.role() };
        call.commit(change, Tagged(Stored { version, value, ..stored }.resource(viewer))).await
    }
}
