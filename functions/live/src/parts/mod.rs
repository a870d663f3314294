//! What several functions of this area share.

pub(crate) mod broadcast;
pub(crate) mod departure;
