//! `POST /api/auth/login`

use crate::parts::attempts::{GUESSES_AT_ADDRESS, GUESSES_BY_SOURCE, forgive};
use futures::{join, try_join};
use millrace_domain::text::{Email, Password};
use millrace_endpoint::{
    Call, Endpoint, Error, Json, Nothing, Result, Route, Table, WithCookie, Write, capability::Signer,
};
use millrace_sign_in::{OwnWorkspace, SignIn, WorkspaceChoice, choose, password, session, sign_in};
use millrace_store::{Transaction, account::Account};
use schemars::JsonSchema;
use serde::Deserialize;

/// Signs in with an email address and a password. Ten failed attempts for one address, or a hundred from one source,
/// block further attempts for 15 minutes.
#[derive(Clone, JsonSchema)]
pub struct Login;

/// An email address and a password.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LoginBody {
    /// The address of the account.
    pub email: Email,
    /// The account's password.
    pub password: Password,
    /// The workspace to sign in to, by slug or id. Defaults to the one named by the host, else the last one used.
    pub workspace: Option<WorkspaceChoice>,
}

impl Endpoint for Login {
    const ROUTE: Route = Route::post("auth-login", "/api/auth/login").public().memory(password::MEMORY);
    type Uses = (Table<Write>, Signer);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Json<LoginBody>;
    type Output = WithCookie<Json<SignIn>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let table: &Table<Write> = call.table();
        let Json(body) = &call.body;
        let source = &call.origin.address;
        let (at_address, by_source, user) = try_join!(
            GUESSES_AT_ADDRESS.count(table, body.email.as_str(), call.now),
            GUESSES_BY_SOURCE.count(table, source, call.now),
            table.owner_of(&body.email),
        )?;
        GUESSES_BY_SOURCE.check(by_source, call.now)?;
        GUESSES_AT_ADDRESS.check(at_address, call.now)?;

        let identity = table.identity(&user).await?;
        let kept = identity.account.as_ref().map(|account| account.value.password_hash.as_str());
        let (right, memberships) =
            join!(password::matches(&body.password, kept), table.memberships_in(&user, &identity.joined));
        let stored = identity.account.filter(|_| *right.as_ref().unwrap_or(&false));
        right?;
        let stored = stored.ok_or_else(|| Error::Unauthorized("The address or the password is wrong.".to_owned()))?;

        let own = OwnWorkspace::all(&memberships?);
        let workspace = match &body.workspace {
            Some(choice) => Some(choice.find(&own).ok_or_else(|| Error::field("workspace", "is none of yours"))?),
            None => choose(&own, call.subdomain(), &stored.value.last_workspace),
        };
        let workspace = workspace.cloned();
        let id = workspace.as_ref().map(|workspace| workspace.id.clone());
        let (session, cookie) = session::open(&user, id.clone(), &call.origin, call.now);
        let mut change = Transaction::outside_workspaces();
        change.open_session(&session);
        // Either way the account is still what was read: a password that was changed meanwhile opens nothing.
        if id.is_some() && id != stored.value.last_workspace {
            change.update(&stored, &Account { last_workspace: id, ..stored.value.clone() }, None);
        } else {
            change.check_version(&stored.key, stored.version, || Error::Raced);
        }
        let (committed, forgiven) = join!(table.commit(change), forgive(table, &body.email, source));
        committed?;
        forgiven?;
        let answer = sign_in(call.uses(), &stored.value, &session.id, workspace, own, call.now).await?;
        Ok(WithCookie { cookie: Some(cookie), answer: Json(answer) })
    }
}
