//! Who is on a board.

use crate::{id::UserId, text::Name};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether a person looks at the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PresenceState {
    /// The board is open behind something else.
    Idle,
    /// The board is in front.
    Active,
}

/// A person on a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Present {
    /// The person.
    pub id: UserId,
    /// The name to show.
    pub name: Name,
    /// Whether they look at the board.
    pub state: PresenceState,
}
