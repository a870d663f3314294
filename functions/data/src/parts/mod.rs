//! Helpers shared by several functions of this area.

pub(crate) mod batch;
pub(crate) mod delivery;
pub(crate) mod document;
pub(crate) mod existing;
pub(crate) mod file_copies;
pub(crate) mod resource;
pub(crate) mod run;
pub(crate) mod scaffold;
