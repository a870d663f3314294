//! `GET /api/health`

use jiff::Timestamp;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Result, Route};
use schemars::JsonSchema;
use serde::Serialize;

/// Reports that the deployment is up, and its version.
#[derive(Clone, JsonSchema)]
pub struct Health;

/// The state of the deployment.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HealthReport {
    /// Always `ok`.
    pub status: String,
    /// The version of Millrace.
    pub version: String,
    /// The current time of the deployment.
    pub now: Timestamp,
}

impl Endpoint for Health {
    const ROUTE: Route = Route::get("meta-health", "/api/health").public();
    type Uses = ();
    type Path = Nothing;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<HealthReport>;

    async fn handle(call: Call<Self>) -> Result<Json<HealthReport>> {
        Ok(Json(HealthReport { status: "ok".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned(), now: call.now }))
    }
}
