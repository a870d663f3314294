//! Files: what people attach, what a file's bytes say that it is, and a project as a file.

pub mod attachment;
pub mod export;
pub mod media;
