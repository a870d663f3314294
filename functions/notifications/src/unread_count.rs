//! `GET /api/notifications/unread-count`

use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole};
use schemars::JsonSchema;
use serde::Serialize;

/// Returns the number of the caller's unread notifications in this workspace.
#[derive(Clone, JsonSchema)]
pub struct UnreadCount;

/// The unread notifications.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Unread {
    /// The number of unread notifications.
    pub unread_count: u32,
}

impl Endpoint for UnreadCount {
    const ROUTE: Route =
        Route::get("notifications-unread-count", "/api/notifications/unread-count").in_workspace(WorkspaceRole::Guest);
    type Uses = (Table<Read>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<Unread>;

    async fn handle(call: Call<Self>) -> Result<Json<Unread>> {
        let (table, person) = (call.table(), call.person()?);
        let (_, inbox) = call.authorize(|scope| async move { table.inbox(&scope, person).await }).await?;
        let unread_count = inbox.map_or(0, |inbox| inbox.value.unread_count(call.now));
        Ok(Json(Unread { unread_count }))
    }
}
