//! Helpers shared by several functions of this area.

pub(crate) mod lookup;
pub(crate) mod mentions;
pub(crate) mod reaction;
