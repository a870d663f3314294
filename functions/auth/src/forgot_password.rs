//! `POST /api/auth/password/forgot`

use crate::parts::attempts::{RESETS_BY_SOURCE, RESETS_OF_ADDRESS};
use futures::try_join;
use millrace_domain::text::Email;
use millrace_endpoint::{Accepted, Call, Endpoint, Json, Nothing, Result, Route, Table, Write, capability::Sender};
use millrace_mail::MailRequest;
use schemars::JsonSchema;
use serde::Deserialize;

/// Sends a mail with a link to set a new password, if the address has an account. The answer is the same either way.
/// Limited to five mails an hour per address.
#[derive(Clone, JsonSchema)]
pub struct ForgotPassword;

/// The account whose password to reset.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForgotPasswordBody {
    /// The address of the account.
    pub email: Email,
}

impl Endpoint for ForgotPassword {
    const ROUTE: Route = Route::post("auth-forgot-password", "/api/auth/password/forgot").public();
    type Uses = (Table<Write>, Sender<MailRequest>);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Json<ForgotPasswordBody>;
    type Output = Accepted;

    async fn handle(call: Call<Self>) -> Result<Accepted> {
        let table: &Table<Write> = call.table();
        let Json(ForgotPasswordBody { email }) = call.body.clone();
        let (of_address, by_source) = try_join!(
            RESETS_OF_ADDRESS.count(table, email.as_str(), call.now),
            RESETS_BY_SOURCE.count(table, &call.origin.address, call.now),
        )?;
        RESETS_BY_SOURCE.check(by_source, call.now)?;
        if !RESETS_OF_ADDRESS.reached(of_address) {
            let sender: &Sender<MailRequest> = call.uses();
            sender.send(&MailRequest::ResetPassword { email }).await?;
        }
        Ok(Accepted)
    }
}
