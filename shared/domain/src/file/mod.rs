//! Attachments, file type detection, and the export format of a project.

pub mod attachment;
pub mod export;
pub mod media;
