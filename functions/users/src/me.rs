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

/// Shows the caller, with all of their workspaces.
#[derive(Clone, JsonSchema)]
pub struct GetMe;

/// The caller.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Me {
    /// Their id.
    pub id: UserId,
    /// The name of their account, which a new workspace starts with.
    pub name: Name,
    /// The address that they sign in with.
    pub email: Email,
    /// Whether they have shown that the address is theirs.
    pub email_verified: bool,
    /// Where their picture is: a path below the address that people open; null for initials.
    pub avatar_url: Option<String>,
    /// The workspace of the token; null where it is for none.
    pub workspace: Option<OwnWorkspace>,
    /// Every workspace that they are in, by name.
    pub workspaces: Vec<OwnWorkspace>,
}

impl Me {
    /// The person with `account`, whose token is for `tenant`.
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
