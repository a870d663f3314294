//! `GET /.well-known/jwks.json`

use millrace_endpoint::{Call, Endpoint, Json, Nothing, Result, Route, call::to_value, capability::PublicKeys};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// Returns the public keys for verifying access tokens, as a JSON Web Key Set (RFC 7517).
#[derive(Clone, JsonSchema)]
pub struct Jwks;

/// A JSON Web Key Set.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct KeySet {
    /// The keys, each with its id `kid`. Contains several during a key rotation.
    pub keys: Vec<Value>,
}

impl Endpoint for Jwks {
    const ROUTE: Route = Route::get("meta-jwks", "/.well-known/jwks.json").public();
    type Uses = (PublicKeys,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<KeySet>;

    async fn handle(call: Call<Self>) -> Result<Json<KeySet>> {
        let keys: &PublicKeys = call.uses();
        let keys = keys.0.published().keys.iter().map(to_value).collect::<Result<_>>()?;
        Ok(Json(KeySet { keys }))
    }
}
