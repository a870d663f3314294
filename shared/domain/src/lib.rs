//! The rules of Millrace: pure, without I/O, and the words that every other part uses.

pub mod attachment;
pub mod burndown;
pub mod calendar;
pub mod clock;
pub mod comment;
pub mod csv;
pub mod custom;
pub mod emoji;
pub mod error;
pub mod event;
pub mod flag;
pub mod flow;
pub mod hearing;
pub mod id;
pub mod link;
pub mod lock;
pub mod measure;
pub mod media;
pub mod mention;
pub mod notification;
pub mod patch;
pub mod preferences;
pub mod rank;
pub mod report;
pub mod resource;
pub mod role;
pub mod sprint;
pub mod task;
pub mod task_filter;
pub mod template;
pub mod text;
pub mod time;
pub mod timesheet;
pub mod token;
pub mod workflow;

pub use error::{Error, FieldError, Result};
