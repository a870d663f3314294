use crate::own_workspace::OwnWorkspace;
use jiff::Timestamp;
use millrace_domain::{
    Result,
    id::{SessionId, UserId},
    text::{Email, Name},
};
use millrace_endpoint::{
    capability::Signer,
    token::{ACCESS_LIFETIME, Claims},
};
use millrace_store::account::Account;
use schemars::JsonSchema;
use serde::Serialize;

/// What every way of signing in answers with. The refresh token goes into a cookie that scripts cannot read.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SignIn {
    /// Goes into the header `Authorization: Bearer …` of every call.
    pub access_token: String,
    /// Seconds until the access token ends; auth-refresh gives the next one.
    pub expires_in: i64,
    /// Who signed in.
    pub user: SignedInUser,
    /// The workspace that the token is for; null for someone who is in none, or has yet to choose.
    pub workspace: Option<OwnWorkspace>,
    /// Every workspace that the person is in, by name.
    pub workspaces: Vec<OwnWorkspace>,
}

/// Who signed in.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SignedInUser {
    /// Their id.
    pub id: UserId,
    /// The name of their account.
    pub name: Name,
    /// The address that they sign in with.
    pub email: Email,
}

/// Signs an access token for `workspace`, and says what came of it.
///
/// # Errors
/// As [`Signer::sign`].
pub async fn sign_in(
    signer: &Signer,
    account: &Account,
    session: &SessionId,
    workspace: Option<OwnWorkspace>,
    workspaces: Vec<OwnWorkspace>,
    now: Timestamp,
) -> Result<SignIn> {
    let tenant = workspace.as_ref().map(|own| (&own.id, own.slug.as_str(), own.role));
    Ok(SignIn {
        access_token: signer.sign(&Claims::new(&account.id, session, tenant, now)).await?,
        expires_in: ACCESS_LIFETIME.as_secs(),
        user: SignedInUser { id: account.id.clone(), name: account.name.clone(), email: account.email.clone() },
        workspace,
        workspaces,
    })
}
