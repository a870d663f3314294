//! Workspaces: permissions and feature flags.

pub mod flag;
pub mod role;
