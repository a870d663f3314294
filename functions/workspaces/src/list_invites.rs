//! `GET /api/workspaces/{workspace_id}/invites`

use crate::OpenInvite;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole, answer::List};
use millrace_platform::path::WorkspacePath;
use schemars::JsonSchema;
use serde::Deserialize;

/// Lists the pending invitations.
#[derive(Clone, JsonSchema)]
pub struct ListInvites;

/// Pagination of the invitations.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct InvitesQuery {
    /// The page size: 1 to 100. Defaults to 50.
    pub limit: Option<u8>,
    /// The cursor: `next` of the previous page.
    pub cursor: Option<String>,
}

impl Endpoint for ListInvites {
    const ROUTE: Route = Route::get("workspaces-list-invites", "/api/workspaces/{workspace_id}/invites")
        .in_workspace(WorkspaceRole::Admin);
    type Uses = (Table<Read>,);
    type Path = WorkspacePath;
    type Query = InvitesQuery;
    type Body = Nothing;
    type Output = Json<List<OpenInvite>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let part = &call.part(call.query.limit, call.query.cursor.as_ref())?;
        let table = call.table();
        let (_, page) = call.authorize(|scope| async move { table.invites(&scope, part).await }).await?;
        let mut list: List<OpenInvite> = page.map(|invite| invite.value.into()).into();
        list.items.retain(|invite| call.now < invite.expires_at);
        Ok(Json(list))
    }
}
