//! `GET /api/notifications/preferences`

use millrace_domain::notification::preferences::Preferences;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole};
use schemars::JsonSchema;

/// Returns the caller's notification preferences in this workspace: the channels for each kind, quiet hours, and the
/// time of the digest. Defaults apply until they are changed.
#[derive(Clone, JsonSchema)]
pub struct GetPreferences;

impl Endpoint for GetPreferences {
    const ROUTE: Route = Route::get("notifications-get-preferences", "/api/notifications/preferences")
        .in_workspace(WorkspaceRole::Guest);
    type Uses = (Table<Read>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<Preferences>;

    async fn handle(call: Call<Self>) -> Result<Json<Preferences>> {
        let (table, person) = (call.table(), call.person()?);
        let (_, stored) = call.authorize(|scope| async move { table.preferences(&scope, person).await }).await?;
        Ok(Json(stored.map(|stored| stored.value.preferences).unwrap_or_default()))
    }
}
