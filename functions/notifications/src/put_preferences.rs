//! `PUT /api/notifications/preferences`

use millrace_domain::notification::preferences::Preferences;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Result, Route, Table, WorkspaceRole, Write};
use millrace_store::{
    Transaction,
    inbox::{Inbox, NextDigest},
};
use schemars::JsonSchema;

/// Replaces the caller's notification preferences in this workspace, effective from the next event.
#[derive(Clone, JsonSchema)]
pub struct PutPreferences;

impl Endpoint for PutPreferences {
    const ROUTE: Route = Route::put("notifications-put-preferences", "/api/notifications/preferences")
        .in_workspace(WorkspaceRole::Guest);
    type Uses = (Table<Write>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Json<Preferences>;
    type Output = Json<Preferences>;

    async fn handle(call: Call<Self>) -> Result<Json<Preferences>> {
        let (table, person, sent) = (call.table(), call.person()?, &call.body.0);
        let read =
            |scope| async move { futures::try_join!(table.preferences(&scope, person), table.inbox(&scope, person)) };
        let (scope, (stored, inbox)) = call.authorize(read).await?;
        sent.check()?;
        let mut change = Transaction::by(&scope);
        // A summary that is on its way comes when it was wished for now.
        if let Some((inbox, digest)) = inbox.as_ref().and_then(|inbox| Some((inbox, inbox.value.digest.clone()?))) {
            let moved = NextDigest { at: sent.next_digest(call.now), ..digest };
            let moved = Inbox { digest: Some(moved), ..inbox.value.clone() };
            change.put_inbox(&scope, person, Some(inbox), &moved);
        }
        change.put_preferences(&scope, person, stored.as_ref(), sent);
        call.commit(change, Json(sent.clone())).await
    }
}
