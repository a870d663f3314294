//! The attachments area: files on tasks, from the signed upload to removal.

use millrace_endpoint::Declared;

pub mod complete;
pub mod create;
pub mod download;
pub mod list;
mod parts;
pub mod remove;
pub mod scan;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[
    Declared::endpoint::<list::ListAttachments>(),
    Declared::endpoint::<create::CreateAttachment>(),
    Declared::endpoint::<complete::CompleteAttachment>(),
    Declared::endpoint::<download::DownloadAttachment>(),
    Declared::endpoint::<remove::RemoveAttachment>(),
    Declared::consumer::<scan::ScanAttachments>(),
];
