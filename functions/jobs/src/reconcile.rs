//! `jobs-reconcile`

use crate::parts::failures::Failures;
use jiff::Timestamp;
use millrace_domain::{Error, id::ProjectKey};
use millrace_endpoint::{Job, Result, Run, Table, Write, racing::again};
use millrace_store::{
    Scope,
    due::{DueIndex, DueWalk},
    recount::{Found, Round},
    scope::Internal,
    tally::Numbers,
};

/// Recounts the denormalised counters and corrects them.
///
/// Each night, for each project with events since the day before: recounts those days, the open work, and the counters
/// of the affected tasks. Projects without events cost one read. Every four weeks, recounts a whole project: its last
/// 28 days and all of its tasks. Older days are not recounted, since the events of a task are deleted with it, 30 days
/// after it was archived at the earliest.
///
/// Each finished project is marked, so that a restarted run continues with the others.
#[derive(Clone)]
pub struct Reconcile;

impl Job for Reconcile {
    const NAME: &'static str = "jobs-reconcile";
    const ABOUT: &'static str = "Counts the events that no delivery has counted; recounts what happened each day from the events, what stands open from the cards, and the comments, files, logged time, parts and blocks of tasks from what there is of them: what changed each night, all of it every four weeks. What was off is put right and told.";
    const SCHEDULE: &'static str = "cron(20 3 * * ? *)";
    type Uses = (Table<Write>, DueIndex);
    const TIMEOUT: u32 = 900;

    async fn run(run: Run<Self>) -> Result<()> {
        let (table, index): (&Table<Write>, &DueIndex) = (run.uses(), run.uses());
        let (mut failures, mut walk) = (Failures::default(), DueWalk::default());
        while let Some(due) = walk.next(|shard, after| index.counters(shard, after)).await? {
            for (scope, project) in &due {
                failures.note(scope.workspace(), reconcile(table, scope, project, run.now).await);
            }
        }
        failures.end()
    }
}

async fn reconcile(table: &Table<Write>, scope: &Scope<Internal>, project: &ProjectKey, now: Timestamp) -> Result<()> {
    let Some(round) = table.round(scope, project, now).await? else { return Ok(()) };
    let found = recount(table, scope, project, &round, now).await?;
    if !found.is_nothing() {
        tracing::warn!(
            function = Reconcile::NAME,
            workspace = %scope.workspace(),
            project = %project,
            whole = round.whole,
            missed_events = found.missed_events,
            standing = ?found.standing,
            days = ?found.days,
            tasks = ?found.tasks,
            "counters were off"
        );
        table.note_drift(scope, project, &found, now).await?;
    }
    table.end_round(scope, project, &round, now).await
}

async fn recount(
    table: &Table<Write>,
    scope: &Scope<Internal>,
    project: &ProjectKey,
    round: &Round,
    now: Timestamp,
) -> Result<Found> {
    let calendar = table.calendar(scope).await?;
    let missed_events = table.count_missed(scope, project, round, &calendar, now).await?;
    let standing = match again(|| table.recount(scope, project, now)).await {
        // People work in it at this very moment: the next night looks again.
        Err(Error::Raced) => Numbers::new(),
        found => found?,
    };
    let days = table.recount_days(scope, project, round, &calendar).await?;
    let tasks = table.recount_tasks(scope, project, round, now).await?;
    Ok(Found { missed_events, standing, days, tasks })
}
