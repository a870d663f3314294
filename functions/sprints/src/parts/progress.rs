//! A sprint with what happened in it.

use millrace_domain::{Result, id::SprintId, time::calendar::Calendar};
use millrace_store::{
    Scope, Stored, Table,
    sprint::{SprintHistory, SprintRecord},
    table::Mode,
};

/// A sprint, what happened in it, and the calendar by which its days are told; in one round trip.
pub(crate) async fn progress<M: Mode, S>(
    table: &Table<M>,
    scope: &Scope<S>,
    sprint: &SprintId,
) -> Result<(Stored<SprintRecord>, SprintHistory, Calendar)> {
    futures::try_join!(table.sprint(scope, sprint), table.sprint_history(scope, sprint), table.calendar(scope))
}
