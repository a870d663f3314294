//! `POST /api/notifications/{notification_id}/read`

use crate::unread_count::Unread;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Result, Route, Table, WorkspaceRole, Write};
use millrace_platform::path::NotificationPath;
use millrace_store::Transaction;
use schemars::JsonSchema;

/// Marks one of the caller's notifications as read. Idempotent.
#[derive(Clone, JsonSchema)]
pub struct Read;

impl Endpoint for Read {
    const ROUTE: Route = Route::post("notifications-read", "/api/notifications/{notification_id}/read")
        .in_workspace(WorkspaceRole::Guest);
    type Uses = (Table<Write>,);
    type Path = NotificationPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<Unread>;

    async fn handle(call: Call<Self>) -> Result<Json<Unread>> {
        let (table, person, id) = (call.table(), call.person()?, call.path.notification_id);
        let (scope, (note, stored)) =
            call.authorize(|scope| async move { table.note(&scope, person, id).await }).await?;
        let mut inbox = stored.value.clone();
        if inbox.shown(&note.value).read {
            return Ok(Json(Unread { unread_count: inbox.unread_count(call.now) }));
        }
        let mut read = note.value.clone();
        read.notification.read = true;
        inbox.read(&read);
        let mut change = Transaction::by(&scope);
        change.update(&note, &read, None);
        change.put_inbox(&scope, person, Some(&stored), &inbox);
        call.commit(change, Json(Unread { unread_count: inbox.unread_count(call.now) })).await
    }
}
