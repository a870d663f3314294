//! What several functions of this area share.

pub(crate) mod failures;
pub(crate) mod notice;
