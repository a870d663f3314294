//! The notify area: what reaches people outside of the boards.

use millrace_endpoint::Declared;

pub mod dispatch;
pub mod email;
mod parts;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] =
    &[Declared::consumer::<dispatch::Dispatch>(), Declared::consumer::<email::NotifyEmail>()];
