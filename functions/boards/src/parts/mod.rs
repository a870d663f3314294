//! What several functions of this area share.

pub(crate) mod closed_columns;
pub(crate) mod feed;
