//! `POST /api/auth/logout`

use millrace_endpoint::{Call, Endpoint, NoContent, Nothing, Result, Route, Table, WithCookie, Write};
use millrace_sign_in::session;
use millrace_store::Transaction;
use schemars::JsonSchema;

/// Ends the current session. Its access token remains valid until it expires, at most 15 minutes.
#[derive(Clone, JsonSchema)]
pub struct Logout;

impl Endpoint for Logout {
    const ROUTE: Route = Route::post("auth-logout", "/api/auth/logout").signed_in();
    type Uses = (Table<Write>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Nothing;
    type Output = WithCookie<NoContent>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let claim = call.claim()?;
        let mut end = Transaction::outside_workspaces();
        end.end_session(&claim.person, &claim.session);
        call.table().commit(end).await?;
        Ok(WithCookie { cookie: Some(session::forget_cookie()), answer: NoContent })
    }
}
