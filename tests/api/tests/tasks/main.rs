//! `/api/tasks`

mod assign;
mod create;
mod delete;
mod history;
mod list;
mod patch;
mod put;
