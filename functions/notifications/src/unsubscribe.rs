//! `POST /api/notifications/unsubscribe/{token}`

use millrace_domain::{notification::preferences::MailTopic, text::Name};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Result, Route, Table, Write, path::PathParameters};
use millrace_store::Transaction;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Unsubscribes a person from mails of one kind by the one-click POST of RFC 8058. The link is the only credential, and
/// the body is ignored. Idempotent.
#[derive(Clone, JsonSchema)]
pub struct Unsubscribe;

/// The unsubscribe link of a mail.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct UnsubscribePath {
    /// The token at the end of the link.
    pub token: String,
}

impl PathParameters for UnsubscribePath {}

/// The subscription that ended.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Unsubscribed {
    /// The kind of mail.
    pub topic: MailTopic,
    /// The workspace that sent it.
    pub workspace: Name,
}

impl Endpoint for Unsubscribe {
    const ROUTE: Route = Route::post("notifications-unsubscribe", "/api/notifications/unsubscribe/{token}").public();
    type Uses = (Table<Write>,);
    type Path = UnsubscribePath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<Unsubscribed>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let table: &Table<Write> = call.table();
        let (link, scope) = table.open_unsubscription(&call.path.token)?;
        let (workspace, stored) = futures::try_join!(table.workspace(&scope), table.preferences(&scope, &link.user))?;
        let mut preferences = stored.as_ref().map(|stored| stored.value.preferences.clone()).unwrap_or_default();
        preferences.stop(link.topic);
        let mut change = Transaction::internal(&scope);
        change.put_preferences(&scope, &link.user, stored.as_ref(), &preferences);
        call.commit(change, Json(Unsubscribed { topic: link.topic, workspace: workspace.value.name })).await
    }
}
