//! Helpers shared by several functions of this area.

pub(crate) mod lookup;
pub(crate) mod picture;
pub(crate) mod scan_file;
pub(crate) mod scan_portrait;
