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

/// The response of every sign-in method. The refresh token is set as a cookie that scripts cannot read.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SignIn {
    /// The access token, sent as `Authorization: Bearer …` with every call.
    pub access_token: String,
    /// Seconds until the access token expires. Call auth-refresh for the next one.
    pub expires_in: i64,
    /// The signed-in person.
    pub user: SignedInUser,
    /// The workspace of the token; null if the person is in none or has not chosen one.
    pub workspace: Option<OwnWorkspace>,
    /// All workspaces of the person, ordered by name.
    pub workspaces: Vec<OwnWorkspace>,
}

/// The signed-in person.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SignedInUser {
    /// Their user id.
    pub id: UserId,
    /// The account's name.
    pub name: Name,
    /// The address they sign in with.
    pub email: Email,
}

/// Signs an access token for `workspace`, and builds the response.
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
