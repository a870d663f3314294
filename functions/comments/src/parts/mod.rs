//! What several functions of this area share.

pub(crate) mod lookup;
pub(crate) mod mentions;
pub(crate) mod reaction;
