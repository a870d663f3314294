//! The live area: sockets, presence, edit locks, pointers, and the event feed of a board.

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
