//! The users area, as its clients see it.

mod list;
mod me;
mod put;
