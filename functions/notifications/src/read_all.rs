//! `POST /api/notifications/read-all`

use crate::unread_count::Unread;
use millrace_domain::id::NotificationId;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Result, Route, Table, WorkspaceRole, Write};
use millrace_store::Transaction;
use schemars::JsonSchema;

/// Marks all of the caller's notifications in this workspace as read, in a single write.
#[derive(Clone, JsonSchema)]
pub struct ReadAll;

impl Endpoint for ReadAll {
    const ROUTE: Route =
        Route::post("notifications-read-all", "/api/notifications/read-all").in_workspace(WorkspaceRole::Guest);
    type Uses = (Table<Write>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<Unread>;

    async fn handle(call: Call<Self>) -> Result<Json<Unread>> {
        let (table, person) = (call.table(), call.person()?);
        let (scope, stored) = call.authorize(|scope| async move { table.inbox(&scope, person).await }).await?;
        let Some(stored) = stored else { return Ok(Json(Unread { unread_count: 0 })) };
        let mut inbox = stored.value.clone();
        inbox.read_all(NotificationId::at(call.now).next());
        let mut change = Transaction::by(&scope);
        change.put_inbox(&scope, person, Some(&stored), &inbox);
        call.commit(change, Json(Unread { unread_count: 0 })).await
    }
}
