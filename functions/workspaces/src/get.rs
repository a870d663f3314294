//! `GET /api/workspaces/{workspace_id}`

use crate::Workspace;
use millrace_endpoint::{Call, Endpoint, Nothing, Read, Result, Route, Table, Tagged, WorkspaceRole};
use millrace_platform::path::WorkspacePath;
use schemars::JsonSchema;

/// Returns the workspace of the caller's token.
#[derive(Clone, JsonSchema)]
pub struct GetWorkspace;

impl Endpoint for GetWorkspace {
    const ROUTE: Route =
        Route::get("workspaces-get", "/api/workspaces/{workspace_id}").in_workspace(WorkspaceRole::Member);
    type Uses = (Table<Read>,);
    type Path = WorkspacePath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Tagged<Workspace>;

    async fn handle(call: Call<Self>) -> Result<Tagged<Workspace>> {
        let table = call.table();
        let (scope, stored) = call.authorize(|scope| async move { table.workspace(&scope).await }).await?;
        Ok(Tagged(Workspace::new(&stored.value, stored.version, scope.role())))
    }
}
