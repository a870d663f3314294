//! What several functions of this area share.

pub(crate) mod entry;
pub(crate) mod timer;
