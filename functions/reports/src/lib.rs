//! The reports area: requested files and the worker that generates them.

use millrace_endpoint::Declared;

pub mod create;
pub mod download;
pub mod get;
pub mod list;
pub mod make;
mod parts;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[
    Declared::endpoint::<list::ListReports>(),
    Declared::endpoint::<create::CreateReport>(),
    Declared::endpoint::<get::GetReport>(),
    Declared::endpoint::<download::DownloadReport>(),
    Declared::consumer::<make::MakeReport>(),
];
