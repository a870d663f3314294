//! `GET /api/notifications`

use millrace_domain::notification::Notification;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole, answer::List};
use schemars::JsonSchema;
use serde::Deserialize;

/// Lists what the caller heard of in this workspace, newest first. It is kept for 90 days.
#[derive(Clone, JsonSchema)]
pub struct ListNotifications;

/// Which part is asked for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct NotificationsQuery {
    /// How many at the most: 1 to 100, without it 50.
    pub limit: Option<u8>,
    /// Where to go on: `next` of the part before.
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
