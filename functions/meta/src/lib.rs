//! The meta area: the deployment's health, keys and API reference.

use millrace_endpoint::Declared;

pub mod asyncapi;
pub mod docs;
pub mod health;
pub mod jwks;
pub mod openapi;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[
    Declared::endpoint::<health::Health>(),
    Declared::endpoint::<openapi::OpenApi>(),
    Declared::endpoint::<asyncapi::AsyncApi>(),
    Declared::endpoint::<docs::Docs>(),
    Declared::endpoint::<jwks::Jwks>(),
];
