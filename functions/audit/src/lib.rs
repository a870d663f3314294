//! The audit area: the trail of all that happened.

use millrace_endpoint::Declared;

pub mod write;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[Declared::consumer::<write::WriteAudit>()];
