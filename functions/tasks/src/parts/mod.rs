//! What several functions of this area share.

pub(crate) mod answer;
pub(crate) mod summary;
pub(crate) mod task_link;
