//! Sign-in: its response, sessions and passwords.

mod answer;
mod own_workspace;
pub mod password;
pub mod session;

pub use answer::{SignIn, SignedInUser, sign_in};
pub use own_workspace::{OwnWorkspace, WorkspaceChoice, choose};
