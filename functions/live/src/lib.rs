//! Live boards: the socket, who is on a board and what they do there, and the feed that a socket listens to.

use millrace_endpoint::Declared;

pub mod connect;
pub mod cursor;
pub mod default;
pub mod disconnect;
pub mod edit;
mod parts;
pub mod ping;
pub mod presence;
pub mod subscribe;
pub mod unsubscribe;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[
    Declared::socket::<connect::Connect>(),
    Declared::socket::<disconnect::Disconnect>(),
    Declared::socket::<default::Default>(),
    Declared::socket::<subscribe::Subscribe>(),
    Declared::socket::<unsubscribe::Unsubscribe>(),
    Declared::socket::<presence::Presence>(),
    Declared::socket::<edit::Edit>(),
    Declared::socket::<cursor::Cursor>(),
    Declared::socket::<ping::Ping>(),
];
