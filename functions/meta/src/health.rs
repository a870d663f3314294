//! `GET /api/health`

use jiff::Timestamp;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Result, Route};
use schemars::JsonSchema;
use serde::Serialize;

/// Says that the deployment answers, and which version it is.
#[derive(Clone, JsonSchema)]
pub struct Health;

/// How the deployment is.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HealthReport {
    /// Always `ok`: a deployment that is not does not answer.
    pub status: String,
    /// The version of Millrace.
    pub version: String,
    /// The deployment's time.
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
