//! `POST /api/auth/switch`

use millrace_endpoint::{Call, Endpoint, Error, Json, Nothing, Result, Route, Table, Write, capability::Signer};
use millrace_sign_in::{OwnWorkspace, SignIn, WorkspaceChoice, sign_in};
use millrace_store::{
    Transaction,
    account::{Account, Session},
};
use schemars::JsonSchema;
use serde::Deserialize;

/// Issues an access token for another workspace of the caller and moves the session there. The refresh cookie is
/// unchanged: an access token, which is valid for minutes, must not yield one that is valid for a month.
#[derive(Clone, JsonSchema)]
pub struct SwitchWorkspace;

/// The workspace to switch to.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SwitchWorkspaceBody {
    /// The slug or id of one of the caller's workspaces.
    pub workspace: WorkspaceChoice,
}

impl Endpoint for SwitchWorkspace {
    const ROUTE: Route = Route::post("auth-switch-workspace", "/api/auth/switch").signed_in();
    type Uses = (Table<Write>, Signer);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Json<SwitchWorkspaceBody>;
    type Output = Json<SignIn>;

    async fn handle(call: Call<Self>) -> Result<Json<SignIn>> {
        let table: &Table<Write> = call.table();
        let claim = call.claim()?;
        let identity = table.identity(&claim.person).await?;
        let session = identity.sessions.into_iter().find(|session| session.value.id == claim.session);
        let (session, account) = session
            .zip(identity.account)
            .ok_or_else(|| Error::Unauthorized("This sign-in has ended. Sign in again.".to_owned()))?;
        let own = OwnWorkspace::all(&table.memberships_in(&claim.person, &identity.joined).await?);
        let workspace = call.body.0.workspace.find(&own).ok_or_else(|| Error::not_found("workspace"))?.clone();

        let mut change = Transaction::outside_workspaces();
        let id = Some(workspace.id.clone());
        change.turn_over_session(&session, &Session { workspace: id.clone(), ..session.value.clone() });
        if account.value.last_workspace != id {
            change.update(&account, &Account { last_workspace: id, ..account.value.clone() }, None);
        }
        // Not by way of the call: an answer with a token in it is kept for no idempotency key.
        table.commit(change).await?;
        sign_in(call.uses(), &account.value, &claim.session, Some(workspace), own, call.now).await.map(Json)
    }
}
