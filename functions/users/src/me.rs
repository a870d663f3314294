//! `GET /api/users/me`

use millrace_domain::{
    id::{UserId, WorkspaceId},
    text::{Email, Name},
};
use millrace_endpoint::{Call, Endpoint, Error, Json, Nothing, Read, Result, Route, Table};
use millrace_sign_in::OwnWorkspace;
use millrace_store::{account::Account, workspace::avatar_url};
use schemars::JsonSchema;
use serde::Serialize;

/// Returns the caller and all of their workspaces.
#[derive(Clone, JsonSchema)]
pub struct GetMe;

/// The caller.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Me {
    /// Their user id.
    pub id: UserId,
    /// The account's name, the default in new workspaces.
    pub name: Name,
    /// The address they sign in with.
    pub email: Email,
    /// Whether the address is verified.
    pub email_verified: bool,
    /// The path of their picture below the public URL; null if they have none.
    pub avatar_url: Option<String>,
    /// The workspace of the token; null if the token has none.
    pub workspace: Option<OwnWorkspace>,
    /// All of their workspaces, ordered by name.
    pub workspaces: Vec<OwnWorkspace>,
}

impl Me {
    /// The person of `account`, with a token for `tenant`.
    pub(crate) fn new(account: &Account, tenant: Option<&WorkspaceId>, workspaces: Vec<OwnWorkspace>) -> Self {
        Self {
            id: account.id.clone(),
            name: account.name.clone(),
            email: account.email.clone(),
            email_verified: account.email_verified,
            avatar_url: account.avatar.as_deref().map(avatar_url),
            workspace: workspaces.iter().find(|own| Some(&own.id) == tenant).cloned(),
            workspaces,
        }
    }
}

pub(crate) fn gone() -> Error {
    Error::Unauthorized("This account does not exist any more.".to_owned())
}

impl Endpoint for GetMe {
    const ROUTE: Route = Route::get("users-me", "/api/users/me").signed_in();
    type Uses = (Table<Read>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<Me>;

    async fn handle(call: Call<Self>) -> Result<Json<Me>> {
        let (table, claim) = (call.table(), call.claim()?);
        let identity = table.identity(&claim.person).await?;
        let account = identity.account.ok_or_else(gone)?;
        let own = OwnWorkspace::all(&table.memberships_in(&claim.person, &identity.joined).await?);
        Ok(Json(Me::new(&account.value, claim.workspace.as_ref(), own)))
    }
}
