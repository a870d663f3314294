//! Signing in: what every way of it answers with, the session behind it, and the password before it.

mod answer;
mod own_workspace;
pub mod password;
pub mod session;

pub use answer::{SignIn, SignedInUser, sign_in};
pub use own_workspace::{OwnWorkspace, WorkspaceChoice, choose};
