//! `jobs-reconcile`

use jiff::Timestamp;
use millrace_domain::{Error, id::ProjectKey};
use millrace_endpoint::{Job, Result, Run, Table, Write};
use millrace_store::{
    Scope,
    counters::Drift,
    due::{DueIndex, DueWalk},
    scope::Internal,
};

/// Counts again what is counted, and puts it right.
#[derive(Clone)]
pub struct Reconcile;

/// How often a project is tried in which somebody works at this very moment.
const TRIES: u32 = 5;

impl Job for Reconcile {
    const NAME: &'static str = "jobs-reconcile";
    const ABOUT: &'static str = "Counts the events that no delivery has counted, and recounts from the cards what stands open and what is logged, in every project that anything was counted in. What was off is put right and told.";
    const SCHEDULE: &'static str = "cron(20 3 * * ? *)";
    type Uses = (Table<Write>, DueIndex);

    async fn run(run: Run<Self>) -> Result<()> {
        let (table, index): (&Table<Write>, &DueIndex) = (run.uses(), run.uses());
        let mut walk = DueWalk::default();
        while let Some(due) = walk.next(|shard, after| index.counters(shard, after)).await? {
            for (scope, project) in &due {
                reconcile(table, scope, project, run.now).await?;
            }
        }
        Ok(())
    }
}

async fn reconcile(table: &Table<Write>, scope: &Scope<Internal>, project: &ProjectKey, now: Timestamp) -> Result<()> {
    let calendar = table.calendar(scope).await?;
    let missed = table.count_missed(scope, project, &calendar, now).await?;
    let mut drift: Option<Drift> = None;
    for _ in 0..TRIES {
        match table.recount(scope, project, &calendar, now).await {
            Err(Error::Raced) => {}
            found => {
                drift = found?;
                break;
            }
        }
    }
    let cards = table.recount_time(scope, project).await?;
    if missed > 0 || drift.is_some() || !cards.is_empty() {
        tracing::warn!(
            function = Reconcile::NAME,
            workspace = %scope.workspace(),
            project = %project,
            missed_events = missed,
            repaired = drift.as_ref().map(|drift| drift.repaired.len()),
            repaired_tasks = cards.len(),
            drift = drift.as_ref().map(|drift| tracing::field::debug(&drift.repaired)),
            "counters were off"
        );
        table.note_drift(scope, project, missed, drift.as_ref(), cards.len(), now).await?;
    }
    Ok(())
}
