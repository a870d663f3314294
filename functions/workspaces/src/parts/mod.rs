//! Helpers shared by several functions of this area.

pub(crate) mod calendar;
pub(crate) mod invitation;
pub(crate) mod membership;
pub(crate) mod workspace;
