//! `/live`

mod boards;
mod presence;
mod tickets;
