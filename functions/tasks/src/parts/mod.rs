//! Helpers shared by several functions of this area.

pub(crate) mod answer;
pub(crate) mod summary;
pub(crate) mod task_link;
