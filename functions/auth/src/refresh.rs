//! `POST /api/auth/refresh`

use futures::try_join;
use millrace_endpoint::{
    Call, Endpoint, Error, Json, Nothing, Result, Route, Table, WithCookie, Write, capability::Signer,
};
use millrace_sign_in::{
    OwnWorkspace, SignIn, choose,
    session::{self, RefreshToken},
    sign_in,
};
use millrace_store::Transaction;
use schemars::JsonSchema;

/// Exchanges the refresh cookie for a new access token and rotates the cookie. Presenting a cookie that was already
/// used ends its session, since it may have been stolen.
#[derive(Clone, JsonSchema)]
pub struct Refresh;

impl Endpoint for Refresh {
    const ROUTE: Route = Route::post("auth-refresh", "/api/auth/refresh").public();
    type Uses = (Table<Write>, Signer);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Nothing;
    type Output = WithCookie<Json<SignIn>>;

    fn cookie_when_refused(error: &Error) -> Option<String> {
        matches!(error, Error::Unauthorized(_)).then(session::forget_cookie)
    }

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let table: &Table<Write> = call.table();
        let presented = call.origin.refresh_token.as_deref().and_then(RefreshToken::parse);
        let presented = presented.ok_or_else(|| Error::Unauthorized("Sign in first.".to_owned()))?;
        let identity = table.identity(&presented.user).await?;
        let stored = identity.sessions.into_iter().find(|session| session.value.id == presented.session);
        let (stored, account) = stored
            .filter(|session| call.now < session.value.expires_at)
            .zip(identity.account)
            .ok_or_else(|| Error::Unauthorized("This sign-in has ended. Sign in again.".to_owned()))?;
        if !presented.is_newest_of(&stored.value) {
            let mut end = Transaction::outside_workspaces();
            end.end_session(&presented.user, &presented.session);
            table.commit(end).await?;
            let detail = "This sign-in was continued from somewhere else already, and was ended. Sign in again.";
            return Err(Error::Unauthorized(detail.to_owned()));
        }
        let (session, cookie) = session::turn_over(&stored.value, &call.origin, call.now);
        let mut change = Transaction::outside_workspaces();
        change.turn_over_session(&stored, &session);
        let memberships = table.memberships_in(&presented.user, &identity.joined);
        let ((), memberships) = try_join!(table.commit(change), memberships)?;
        let own = OwnWorkspace::all(&memberships);
        let wishes = session.workspace.iter().chain(&account.value.last_workspace);
        let workspace = choose(&own, call.subdomain(), wishes).cloned();
        let answer = sign_in(call.uses(), &account.value, &session.id, workspace, own, call.now).await?;
        Ok(WithCookie { cookie: Some(cookie), answer: Json(answer) })
    }
}
