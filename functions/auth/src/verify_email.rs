//! `POST /api/auth/email/verify`

use crate::parts::mailed_token::show;
use millrace_endpoint::{Call, Endpoint, Json, NoContent, Nothing, Result, Route, Table, Write};
use millrace_store::{
    Transaction,
    account::{Account, Purpose},
};
use schemars::JsonSchema;
use serde::Deserialize;

/// Confirms the address of an account with the token of the mail that asked for it, which is good once.
#[derive(Clone, JsonSchema)]
pub struct VerifyEmail;

/// A mailed token.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyEmailBody {
    /// The token that the mail's link ended in.
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
