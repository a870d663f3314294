//! `POST /api/notifications/unsubscribe/{token}`

use millrace_domain::{notification::preferences::MailTopic, text::Name};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Result, Route, Table, Write, path::PathParameters};
use millrace_store::Transaction;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Ends mails of one kind to one person, with the one click of RFC 8058: whoever holds the mail needs no sign-in, and
/// what is sent does not matter. Doing it again changes nothing.
#[derive(Clone, JsonSchema)]
pub struct Unsubscribe;

/// The link at the end of a mail.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct UnsubscribePath {
    /// What the link ended in.
    pub token: String,
}

impl PathParameters for UnsubscribePath {}

/// What is not mailed any more.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Unsubscribed {
    /// What the mails were about.
    pub topic: MailTopic,
    /// The workspace that they came from.
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
