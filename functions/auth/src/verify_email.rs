//! `POST /api/auth/email/verify`

use crate::parts::mailed_token::show;
use millrace_endpoint::{Call, Endpoint, Json, NoContent, Nothing, Result, Route, Table, Write};
use millrace_store::{
    Transaction,
    account::{Account, Purpose},
};
use schemars::JsonSchema;
use serde::Deserialize;

/// Verifies an account's address with the single-use token from the verification mail.
#[derive(Clone, JsonSchema)]
pub struct VerifyEmail;

/// A mailed token.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyEmailBody {
    /// The token at the end of the mail's link.
    pub token: String,
}

impl Endpoint for VerifyEmail {
    const ROUTE: Route = Route::post("auth-verify-email", "/api/auth/email/verify").public();
    type Uses = (Table<Write>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Json<VerifyEmailBody>;
    type Output = NoContent;

    async fn handle(call: Call<Self>) -> Result<NoContent> {
        let table: &Table<Write> = call.table();
        let shown = show(table, &call.body.0.token, Purpose::VerifyEmail, call.now).await?;
        let mut change = Transaction::outside_workspaces();
        change.delete(&shown.token);
        let verified = Account { email_verified: true, ..shown.account.value.clone() };
        change.update(&shown.account, &verified, None);
        table.commit(change).await?;
        Ok(NoContent)
    }
}
