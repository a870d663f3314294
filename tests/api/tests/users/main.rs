//! The users area, as its clients see it.

mod avatar;
mod list;
mod me;
mod put;
