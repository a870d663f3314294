//! `GET /api/asyncapi.json`

use millrace_endpoint::{Call, Endpoint, Nothing, Result, Route, answer::JsonText};
use schemars::JsonSchema;

/// The description of the live side (AsyncAPI 3.0): the actions that a client sends over its socket, the frames that it
/// gets, and every kind of event.
#[derive(Clone, JsonSchema)]
pub struct AsyncApi;

const DOCUMENT: &str = include_str!("../../../docs/asyncapi.json");

impl Endpoint for AsyncApi {
    const ROUTE: Route = Route::get("meta-asyncapi", "/api/asyncapi.json").public();
    type Uses = ();
    type Path = Nothing;
    type Query = Nothing;
    type Body = Nothing;
    type Output = JsonText;

    async fn handle(_: Call<Self>) -> Result<JsonText> {
        Ok(JsonText(DOCUMENT))
    }
}
