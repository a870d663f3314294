//! Helpers shared by several functions of this area.

pub(crate) mod feed;
