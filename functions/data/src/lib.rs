//! The data area: whole projects as files, out of Millrace and into it.

use millrace_endpoint::Declared;

mod batch;
mod carrying;
pub mod export;
mod exporting;
pub mod import;
pub mod import_run;
pub mod import_status;
mod known;
mod making;
mod run;
mod shown;
mod start;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[
    Declared::endpoint::<export::ExportTasks>(),
    Declared::endpoint::<import::ImportTasks>(),
    Declared::endpoint::<import_status::ImportStatus>(),
    Declared::consumer::<import_run::ImportRun>(),
];
