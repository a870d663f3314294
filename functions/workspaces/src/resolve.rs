//! `GET /api/tenants/{slug}`

use millrace_domain::text::{Name, Slug};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, path::PathParameters};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Returns the public profile of the workspace with a slug, for its sign-in page.
#[derive(Clone, JsonSchema)]
pub struct ResolveTenant;

/// A workspace's slug.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct TenantPath {
    /// The short name used in URLs.
    pub slug: Slug,
}

impl PathParameters for TenantPath {}

/// A sign-in method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignInMethod {
    /// With an email address and a password.
    Password,
}

/// The public profile of a workspace.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Tenant {
    /// The short name used in URLs.
    pub slug: Slug,
    /// The name.
    pub name: Name,
    /// The URL of its logo; null if it has none.
    pub logo_url: Option<String>,
    /// The sign-in methods it offers.
    pub sign_in_methods: Vec<SignInMethod>,
}

impl Endpoint for ResolveTenant {
    const ROUTE: Route = Route::get("workspaces-resolve", "/api/tenants/{slug}").public();
    type Uses = (Table<Read>,);
    type Path = TenantPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<Tenant>;

    async fn handle(call: Call<Self>) -> Result<Json<Tenant>> {
        let record = call.table().workspace_by_slug(&call.path.slug).await?.value;
        let sign_in_methods = vec![SignInMethod::Password];
        Ok(Json(Tenant { slug: record.slug, name: record.name, logo_url: record.logo_url, sign_in_methods }))
    }
}
