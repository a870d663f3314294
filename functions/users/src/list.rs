//! `GET /api/users`

use millrace_domain::text::Text;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole, answer::List};
use millrace_store::workspace::WorkspaceMember;
use schemars::JsonSchema;
use serde::Deserialize;

/// Lists the people of the workspace. Guests see no email addresses.
#[derive(Clone, JsonSchema)]
pub struct ListUsers;

/// Filters of the list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct UsersQuery {
    /// The page size: 1 to 100. Defaults to 50.
    pub limit: Option<u8>,
    /// The cursor: `next` of the previous page.
    pub cursor: Option<String>,
    /// Only people whose name or address contains this text, case-insensitive.
    pub q: Option<Text<1, 100>>,
}

impl Endpoint for ListUsers {
    const ROUTE: Route = Route::get("users-list", "/api/users").in_workspace(WorkspaceRole::Guest);
    type Uses = (Table<Read>,);
    type Path = Nothing;
    type Query = UsersQuery;
    type Body = Nothing;
    type Output = Json<List<WorkspaceMember>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let part = &call.part(call.query.limit, call.query.cursor.as_ref())?;
        let (table, wanted) = (call.table(), call.query.q.as_ref());
        // The token's role settles what is searched; the list itself waits for the table's word.
        let by_address = call.claim()?.role.is_some_and(|role| role > WorkspaceRole::Guest);
        let read = |scope| async move {
            match wanted {
                Some(wanted) => table.members_like(&scope, wanted, by_address, part).await,
                None => table.members_page(&scope, part).await,
            }
        };
        let (scope, page) = call.authorize(read).await?;
        Ok(Json(page.map(|member| member.resource(scope.role())).into()))
    }
}
