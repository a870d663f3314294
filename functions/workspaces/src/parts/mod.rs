//! What several functions of this area share.

pub(crate) mod calendar;
pub(crate) mod invitation;
pub(crate) mod membership;
pub(crate) mod workspace;
