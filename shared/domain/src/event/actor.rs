//! Who brought an event about.

use crate::id::UserId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The kind of an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A person.
    User,
    /// An automation rule.
    Rule,
    /// Another system, through an integration.
    Integration,
    /// Millrace itself.
    System,
}

/// Who brought an event about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// The person; null where no person acted.
    pub id: Option<UserId>,
    /// The name to show.
    pub name: String,
    /// What kind of actor it is.
    pub kind: ActorKind,
}

impl Actor {
    /// Millrace itself.
    pub fn system() -> Self {
        Self { id: None, name: "Millrace".to_owned(), kind: ActorKind::System }
    }

    /// A person.
    pub fn user(id: UserId, name: impl Into<String>) -> Self {
        Self { id: Some(id), name: name.into(), kind: ActorKind::User }
    }
}
