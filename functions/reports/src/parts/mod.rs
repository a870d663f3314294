//! Helpers shared by several functions of this area.

pub(crate) mod content;
pub(crate) mod csv;
pub(crate) mod document;
pub(crate) mod pdf;
pub(crate) mod rights;
pub(crate) mod xlsx;
