//! The rules of Millrace: pure, without I/O, in rooms by subject.
//!
//! Every room stands on the ground: [`error`], [`id`], [`text`], [`patch`], [`token`] and [`csv`]. [`resource`] holds
//! what clients see of the things that several areas answer with.

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
