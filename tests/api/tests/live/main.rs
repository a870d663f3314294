//! `/live`

mod boards;
mod cursor;
mod edit;
mod presence;
mod tickets;
mod unknown_events;
