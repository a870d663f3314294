//! What several functions of this area share.

pub(crate) mod attempts;
pub(crate) mod mailed_token;
