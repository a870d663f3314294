//! `POST /api/invites/{token}/accept`

use crate::parts::{invitation::InviteToken, membership::Shown};
use millrace_domain::{
    id::UserId,
    text::{Name, Password},
};
use millrace_endpoint::{
    Call, Endpoint, Error, Json, Nothing, Result, Route, Table, WithCookie, Write, capability::Signer,
    path::PathParameters, sealed_token,
};
use millrace_sign_in::{OwnWorkspace, SignIn, password, session, sign_in};
use millrace_store::{
    Claim, Transaction,
    account::{Account, Session},
};
use schemars::JsonSchema;
use serde::Deserialize;

/// Accepts an invitation with its mailed token: as the signed-in caller, whose address must be the invited one, or as a
/// new account with a name and a password. Returns a sign-in to the workspace.
#[derive(Clone, JsonSchema)]
pub struct AcceptInvite;

/// A mailed invitation.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct InvitePath {
    /// The token at the end of the mail's link.
    pub token: String,
}

impl PathParameters for InvitePath {}

/// The name and password of a new account. A signed-in caller sends neither.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptInviteBody {
    /// The name shown to others.
    pub name: Option<Name>,
    /// The password.
    pub password: Option<Password>,
}

impl Endpoint for AcceptInvite {
    const ROUTE: Route =
        Route::post("workspaces-accept-invite", "/api/invites/{token}/accept").public().memory(password::MEMORY);
    type Uses = (Table<Write>, Signer);
    type Path = InvitePath;
    type Query = Nothing;
    type Body = Option<Json<AcceptInviteBody>>;
    type Output = WithCookie<Json<SignIn>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let token = InviteToken::parse(&call.path.token).ok_or_else(not_good)?;
        match call.claim() {
            Ok(claim) => as_caller(&call, &token, claim).await,
            Err(signed_out) => as_somebody_new(&call, &token, signed_out).await,
        }
    }
}

fn not_good() -> Error {
    Error::NotFound("This invitation is not good, or not any more; ask for a new one.".to_owned())
}

async fn show(call: &Call<AcceptInvite>, token: &InviteToken) -> Result<Shown> {
    let found = call.table().invite_by_token(&token.workspace, &token.invite).await;
    let (invite, workspace) = found.map_err(|error| if error.status() == 404 { not_good() } else { error })?;
    let good = sealed_token::matches(&token.secret, &invite.value.secret_hash) && call.now < invite.value.expires_at;
    if good { Ok(Shown { invite, workspace: workspace.value }) } else { Err(not_good()) }
}

async fn as_caller(call: &Call<AcceptInvite>, token: &InviteToken, claim: &Claim) -> Result<WithCookie<Json<SignIn>>> {
    let table: &Table<Write> = call.table();
    let (shown, identity) = futures::try_join!(show(call, token), table.identity(&claim.person))?;
    let session = identity.sessions.into_iter().find(|session| session.value.id == claim.session);
    let (session, stored) = session
        .zip(identity.account)
        .ok_or_else(|| Error::Unauthorized("This sign-in has ended. Sign in again.".to_owned()))?;
    if stored.value.email != shown.invite.value.email {
        return Err(Error::Forbidden("This invitation is for another address than yours.".to_owned()));
    }
    let id = Some(shown.workspace.id.clone());
    // The token came by mail: that the address is theirs is shown with it.
    let account = Account { email_verified: true, last_workspace: id.clone(), ..stored.value.clone() };
    let mut change = Transaction::outside_workspaces();
    let member = shown.join(&mut change, &account, call.now)?;
    change.update(&stored, &account, None);
    change.update(&session, &Session { workspace: id, ..session.value.clone() }, None);
    // Not by way of the call: an answer with a token in it is kept for no idempotency key.
    let others = table.memberships_in(&claim.person, &identity.joined);
    let ((), others) = futures::try_join!(table.commit(change), others)?;

    let workspace = OwnWorkspace::new(&shown.workspace, &member);
    let mut own = OwnWorkspace::all(&others);
    own.retain(|other| other.id != workspace.id);
    own.push(workspace.clone());
    own.sort_by(|one, other| one.name.cmp(&other.name));
    let answer = sign_in(call.uses(), &account, &claim.session, Some(workspace), own, call.now).await?;
    // The session goes on, and so does its cookie.
    Ok(WithCookie { cookie: None, answer: Json(answer) })
}

async fn as_somebody_new(
    call: &Call<AcceptInvite>,
    token: &InviteToken,
    signed_out: Error,
) -> Result<WithCookie<Json<SignIn>>> {
    let shown = show(call, token).await?;
    let (name, password) = match call.body.clone().map(|Json(body)| (body.name, body.password)) {
        Some((Some(name), Some(password))) => (name, password),
        None | Some((None, None)) => return Err(signed_out),
        Some((name, _)) => {
            let field = if name.is_none() { "name" } else { "password" };
            return Err(Error::field(field, "is missing"));
        }
    };
    let account = Account {
        id: UserId::random(),
        email: shown.invite.value.email.clone(),
        name,
        password_hash: password::hash(&password).await?,
        email_verified: true,
        avatar: None,
        last_workspace: Some(shown.workspace.id.clone()),
        created_at: call.now,
    };
    let mut change = Transaction::outside_workspaces();
    change.open_account(&account);
    let member = shown.join(&mut change, &account, call.now)?;
    let (session, cookie) = session::open(&account.id, account.last_workspace.clone(), &call.origin, call.now);
    change.open_session(&session);
    call.table().commit(change).await?;

    let workspace = OwnWorkspace::new(&shown.workspace, &member);
    let own = vec![workspace.clone()];
    let answer = sign_in(call.uses(), &account, &session.id, Some(workspace), own, call.now).await?;
    Ok(WithCookie { cookie: Some(cookie), answer: Json(answer) })
}
