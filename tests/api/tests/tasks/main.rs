//! `/api/tasks`

mod assign;
mod bulk;
mod close_parent;
mod create;
mod delete;
mod get;
mod history;
mod links;
mod list;
mod lock;
mod patch;
mod put;
mod together;
mod transfer;
mod watch;
