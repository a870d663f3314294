//! The audit area: the trail of all events.

use millrace_endpoint::Declared;

pub mod write;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[Declared::consumer::<write::WriteAudit>()];
