//! `GET /api/openapi.json`

use millrace_endpoint::{Call, Endpoint, Nothing, Result, Route, answer::JsonText};
use schemars::JsonSchema;

/// Returns the description of the whole API (OpenAPI 3.1).
#[derive(Clone, JsonSchema)]
pub struct OpenApi;

const DOCUMENT: &str = include_str!("../../../docs/openapi.json");

impl Endpoint for OpenApi {
    const ROUTE: Route = Route::get("meta-openapi", "/api/openapi.json").public();
    type Uses = ();
    type Path = Nothing;
    type Query = Nothing;
    type Body = Nothing;
    type Output = JsonText;

    async fn handle(_: Call<Self>) -> Result<JsonText> {
        Ok(JsonText(DOCUMENT))
    }
}
