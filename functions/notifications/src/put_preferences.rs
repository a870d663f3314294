//! `PUT /api/notifications/preferences`

use millrace_domain::preferences::Preferences;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Result, Route, Table, WorkspaceRole, Write};
use millrace_store::Transaction;
use schemars::JsonSchema;

/// Chooses how the caller hears in this workspace, from the next event on.
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
        let (scope, stored) = call.authorize(|scope| async move { table.preferences(&scope, person).await }).await?;
        sent.check()?;
        let mut change = Transaction::by(&scope);
        change.put_preferences(&scope, person, stored.as_ref(), sent);
        call.commit(change, Json(sent.clone())).await
    }
}
