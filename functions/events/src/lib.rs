//! The events area: delivering committed events.

use millrace_endpoint::Declared;

pub mod relay;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[Declared::stream::<relay::Relay>()];
