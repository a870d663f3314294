//! The notify area: what reaches people outside of the boards.

use millrace_endpoint::Declared;

pub mod email;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[Declared::consumer::<email::NotifyEmail>()];
