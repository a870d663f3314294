//! `DELETE /api/auth/sessions/{session_id}`

use millrace_endpoint::{Call, Endpoint, Error, NoContent, Nothing, Result, Route, Table, Write};
use millrace_platform::path::SessionPath;
use millrace_store::Transaction;
use schemars::JsonSchema;

/// Ends one of the caller's sessions. Its access token remains valid until it expires, at most 15 minutes.
#[derive(Clone, JsonSchema)]
pub struct RevokeSession;

impl Endpoint for RevokeSession {
    const ROUTE: Route = Route::delete("auth-revoke-session", "/api/auth/sessions/{session_id}").signed_in();
    type Uses = (Table<Write>,);
    type Path = SessionPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = NoContent;

    async fn handle(call: Call<Self>) -> Result<NoContent> {
        let table: &Table<Write> = call.table();
        let session = table.session(call.person()?, &call.path.session_id).await?;
        let session = session.ok_or_else(|| Error::not_found("session"))?;
        let mut end = Transaction::outside_workspaces();
        end.end_session(&session.value.user, &session.value.id);
        table.commit(end).await?;
        Ok(NoContent)
    }
}
