//! The data area: whole projects as files, out of Millrace and into it.

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
