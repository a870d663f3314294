//! `GET /api/users/{user_id}`

use millrace_endpoint::{Call, Endpoint, Nothing, Read, Result, Route, Table, Tagged, WorkspaceRole};
use millrace_platform::path::UserPath;
use millrace_store::workspace::WorkspaceMember;
use schemars::JsonSchema;

/// Returns a person of the workspace.
#[derive(Clone, JsonSchema)]
pub struct GetUser;

impl Endpoint for GetUser {
    const ROUTE: Route = Route::get("users-get", "/api/users/{user_id}").in_workspace(WorkspaceRole::Guest);
    type Uses = (Table<Read>,);
    type Path = UserPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Tagged<WorkspaceMember>;

    async fn handle(call: Call<Self>) -> Result<Tagged<WorkspaceMember>> {
        let (table, user) = (call.table(), &call.path.user_id);
        let (scope, member) = call.authorize(|scope| async move { table.member(&scope, user).await }).await?;
        Ok(Tagged(member.resource(scope.role())))
    }
}
