//! The comments area: comments on tasks and reactions to them.

use millrace_endpoint::Declared;

pub mod add;
pub mod edit;
pub mod list;
mod parts;
pub mod react;
pub mod remove;
pub mod unreact;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[
    Declared::endpoint::<list::ListComments>(),
    Declared::endpoint::<add::AddComment>(),
    Declared::endpoint::<edit::EditComment>(),
    Declared::endpoint::<remove::RemoveComment>(),
    Declared::endpoint::<react::React>(),
    Declared::endpoint::<unreact::Unreact>(),
];
