//! The jobs area: what schedules call.

use millrace_endpoint::Declared;

pub mod reconcile;
pub mod sprint_snapshot;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] =
    &[Declared::job::<sprint_snapshot::SprintSnapshot>(), Declared::job::<reconcile::Reconcile>()];
