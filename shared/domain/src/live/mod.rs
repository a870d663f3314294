//! The live side: what the server sends over a socket, and who is on a board.

pub mod frame;
pub mod presence;

pub use frame::{Frame, NoReply};
