//! The notify area: notifications and mails.

use millrace_endpoint::Declared;

pub mod dispatch;
pub mod email;
mod parts;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] =
    &[Declared::consumer::<dispatch::Dispatch>(), Declared::consumer::<email::NotifyEmail>()];
