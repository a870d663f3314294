//! Helpers shared by several functions of this area.

pub(crate) mod closed_columns;
pub(crate) mod feed;
