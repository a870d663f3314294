//! The rules of Millrace: pure functions and types without I/O, in modules by subject.
//!
//! All modules build on [`error`], [`id`], [`text`], [`patch`], [`token`] and [`csv`]. [`resource`] contains
//! representations that several areas return.

pub mod board;
pub mod comment;
pub mod csv;
pub mod error;
pub mod event;
pub mod file;
pub mod id;
pub mod import;
pub mod insight;
pub mod live;
pub mod notification;
pub mod patch;
pub mod report;
pub mod resource;
pub mod sprint;
pub mod task;
pub mod text;
pub mod time;
pub mod token;
pub mod workspace;

pub use error::{Error, FieldError, Result};
