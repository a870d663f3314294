//! Workspaces: who may do what, and what is switched on.

pub mod flag;
pub mod role;
