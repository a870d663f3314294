//! `/api/projects`

mod create;
mod delete;
mod fields;
mod labels;
mod members;
mod update;
