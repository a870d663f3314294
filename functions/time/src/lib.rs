//! The time area: time logs, timers and timesheets.

use millrace_endpoint::Declared;

pub mod current;
pub mod edit;
pub mod list;
pub mod log;
mod parts;
pub mod remove;
pub mod sheet;
pub mod start;
pub mod stop;
pub mod track;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[
    Declared::endpoint::<list::ListTime>(),
    Declared::endpoint::<log::LogTime>(),
    Declared::endpoint::<edit::EditTime>(),
    Declared::endpoint::<remove::RemoveTime>(),
    Declared::endpoint::<start::StartTimer>(),
    Declared::endpoint::<stop::StopTimer>(),
    Declared::endpoint::<current::CurrentTimer>(),
    Declared::endpoint::<sheet::Timesheet>(),
    Declared::consumer::<track::TrackTime>(),
];
