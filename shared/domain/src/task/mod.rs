//! Tasks: their fields, and the rules for what belongs to them.

pub mod custom;
pub mod due;
mod fields;
pub mod filter;
pub mod link;
pub mod lock;
pub mod transfer;

pub use fields::{ARCHIVE_KEPT, MOST_HOURS, MOST_LISTED, MOST_POINTS, Priority, Status, TaskFields, each_once};
