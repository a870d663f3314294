//! Helpers shared by several functions of this area.

pub(crate) mod attempts;
pub(crate) mod mailed_token;
