//! The data area: exporting and importing projects.

use millrace_endpoint::Declared;

pub mod export;
pub mod import;
pub mod import_run;
pub mod import_status;
mod parts;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[
    Declared::endpoint::<export::ExportTasks>(),
    Declared::endpoint::<import::ImportTasks>(),
    Declared::endpoint::<import_status::ImportStatus>(),
    Declared::consumer::<import_run::ImportRun>(),
];
