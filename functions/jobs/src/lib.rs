//! The jobs area: scheduled jobs.

use millrace_endpoint::Declared;

pub mod cleanup;
pub mod digest;
pub mod overdue;
mod parts;
pub mod reconcile;
pub mod reminders;
pub mod sprint_snapshot;
pub mod weekly_report;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[
    Declared::job::<sprint_snapshot::SprintSnapshot>(),
    Declared::job::<digest::Digest>(),
    Declared::job::<weekly_report::WeeklyReports>(),
    Declared::job::<overdue::Overdue>(),
    Declared::job::<reminders::Reminders>(),
    Declared::job::<cleanup::Cleanup>(),
    Declared::job::<reconcile::Reconcile>(),
];
