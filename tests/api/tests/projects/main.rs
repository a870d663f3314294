//! `/api/projects`

mod create;
mod delete;
mod labels;
mod members;
mod update;
