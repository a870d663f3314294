//! What several functions of this area share.

pub(crate) mod feed;
pub(crate) mod progress;
