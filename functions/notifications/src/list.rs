//! `GET /api/notifications`

use millrace_domain::notification::Notification;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole, answer::List};
use schemars::JsonSchema;
use serde::Deserialize;

/// Lists the caller's notifications in this workspace, newest first. They are kept for 90 days.
#[derive(Clone, JsonSchema)]
pub struct ListNotifications;

/// Pagination of the notifications.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct NotificationsQuery {
    /// The page size: 1 to 100. Defaults to 50.
    pub limit: Option<u8>,
    /// The cursor: `next` of the previous page.
    pub cursor: Option<String>,
}

impl Endpoint for ListNotifications {
    const ROUTE: Route = Route::get("notifications-list", "/api/notifications").in_workspace(WorkspaceRole::Guest);
    type Uses = (Table<Read>,);
    type Path = Nothing;
    type Query = NotificationsQuery;
    type Body = Nothing;
    type Output = Json<List<Notification>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let part = &call.part(call.query.limit, call.query.cursor.as_ref())?;
        let (table, person, now) = (call.table(), call.person()?, call.now);
        let read = |scope| async move {
            futures::try_join!(table.inbox(&scope, person), table.inbox_page(&scope, person, now, part))
        };
        let (_, (inbox, page)) = call.authorize(read).await?;
        let inbox = inbox.map(|inbox| inbox.value).unwrap_or_default();
        Ok(Json(page.map(|note| inbox.shown(&note.value)).into()))
    }
}
