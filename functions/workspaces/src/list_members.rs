//! `GET /api/workspaces/{workspace_id}/members`

use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole, answer::List};
use millrace_platform::path::WorkspacePath;
use millrace_store::workspace::WorkspaceMember;
use schemars::JsonSchema;
use serde::Deserialize;

/// Lists the members of the workspace.
#[derive(Clone, JsonSchema)]
pub struct ListMembers;

/// Pagination of the members.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct MembersQuery {
    /// The page size: 1 to 100. Defaults to 50.
    pub limit: Option<u8>,
    /// The cursor: `next` of the previous page.
    pub cursor: Option<String>,
}

impl Endpoint for ListMembers {
    const ROUTE: Route = Route::get("workspaces-list-members", "/api/workspaces/{workspace_id}/members")
        .in_workspace(WorkspaceRole::Member);
    type Uses = (Table<Read>,);
    type Path = WorkspacePath;
    type Query = MembersQuery;
    type Body = Nothing;
    type Output = Json<List<WorkspaceMember>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let part = &call.part(call.query.limit, call.query.cursor.as_ref())?;
        let table = call.table();
        let (scope, page) = call.authorize(|scope| async move { table.members_page(&scope, part).await }).await?;
        Ok(Json(page.map(|member| member.resource(scope.role())).into()))
    }
}
