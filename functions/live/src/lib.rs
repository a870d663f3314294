//! The live area.

use millrace_endpoint::Declared;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[];
