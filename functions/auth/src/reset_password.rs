//! `POST /api/auth/password/reset`

use crate::parts::{
    attempts::GUESSES_AT_ADDRESS,
    mailed_token::{Shown, show},
};
use millrace_domain::text::Password;
use millrace_endpoint::{
    Call, Endpoint, Json, NoContent, Nothing, Result, Route, Table, WithCookie, Write, capability::Sender,
};
use millrace_mail::{Mail, MailRequest};
use millrace_sign_in::{password, session};
use millrace_store::{
    Transaction,
    account::{Account, Purpose},
};
use schemars::JsonSchema;
use serde::Deserialize;

/// How many sessions one write ends; a transaction holds 100 items.
const AT_ONCE: usize = 80;

/// Sets a new password with a single-use token from a mail. Ends every session of the person and marks the address as
/// verified.
#[derive(Clone, JsonSchema)]
pub struct ResetPassword;

/// A mailed token and a new password.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetPasswordBody {
    /// The token at the end of the mail's link.
    pub token: String,
    /// The new password.
    pub password: Password,
}

impl Endpoint for ResetPassword {
    const ROUTE: Route =
        Route::post("auth-reset-password", "/api/auth/password/reset").public().memory(password::MEMORY);
    type Uses = (Table<Write>, Sender<MailRequest>);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Json<ResetPasswordBody>;
    type Output = WithCookie<NoContent>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let table: &Table<Write> = call.table();
        let Json(body) = &call.body;
        let shown = show(table, &body.token, Purpose::ResetPassword, call.now).await?;
        let Shown { identity, account, token } = shown;
        let password_hash = password::hash(&body.password).await?;

        let mut change = Transaction::outside_workspaces();
        change.delete(&token);
        let new = Account { password_hash, email_verified: true, ..account.value.clone() };
        change.update(&account, &new, None);
        // At most five an hour were mailed, and each is good for an hour: they fit.
        let good = identity.mailed.iter().filter(|other| call.now < other.value.expires_at);
        for other in good.filter(|other| other.key != token.key).take(15) {
            change.remove(&other.key);
        }
        let mut sessions = identity.sessions.chunks(AT_ONCE);
        for session in sessions.next().unwrap_or_default() {
            change.end_session(&identity.user, &session.value.id);
        }
        table.commit(change).await?;
        for more in sessions {
            let mut end = Transaction::outside_workspaces();
            for session in more {
                end.end_session(&identity.user, &session.value.id);
            }
            table.commit(end).await?;
        }
        // Somebody else's guesses are no reason to keep the owner out now.
        table.forget_tries(GUESSES_AT_ADDRESS.kind, new.email.as_str()).await?;
        let mail = Mail::PasswordChanged { to: new.email, name: new.name };
        call.uses::<Sender<MailRequest>, _>().send(&mail.into()).await?;
        Ok(WithCookie { cookie: Some(session::forget_cookie()), answer: NoContent })
    }
}
