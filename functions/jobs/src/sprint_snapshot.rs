//! jobs-sprint-snapshot

use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    event::Actor,
    id::{EventId, SprintId},
    sprint::{SprintState, burndown::DayCount},
};
use millrace_endpoint::{Job, Run, Table, Write};
use millrace_store::{
    Scope, Transaction,
    due::{DueIndex, DueWalk},
    scope::Internal,
};
use millrace_task_changes::TaskWriter;

/// Records the remaining work of each running sprint, and resumes interrupted sprint closings.
#[derive(Clone)]
pub struct SprintSnapshot;

impl Job for SprintSnapshot {
    const NAME: &'static str = "jobs-sprint-snapshot";
    const ABOUT: &'static str = "Notes each day how many points of each running sprint are left, counted on the cards, so that a burndown that drifts from them shows; and ends the closing of sprints where it was broken off.";
    // Before midnight in Europe and Africa; each count says for itself when it was made, and which day it was there.
    const SCHEDULE: &'static str = "cron(45 21 * * ? *)";
    type Uses = (Table<Write>, DueIndex);

    async fn run(run: Run<Self>) -> Result<()> {
        let (table, due): (&Table<Write>, &DueIndex) = (run.uses(), run.uses());
        let mut failed = None;
        let mut walk = DueWalk::default();
        while let Some(found) = walk.next(|shard, after| due.sprints(shard, after)).await? {
            for (scope, sprint) in found {
                // One sprint that cannot be counted does not keep the others from it.
                if let Err(error) = look_after(table, &scope, &sprint, run.now).await {
                    tracing::error!(%sprint, %error, cause = ?std::error::Error::source(&error), "a sprint was not counted");
                    failed = Some(error);
                }
            }
        }
        failed.map_or(Ok(()), Err)
    }
}

async fn look_after(table: &Table<Write>, scope: &Scope<Internal>, id: &SprintId, now: Timestamp) -> Result<()> {
    let sprint = match table.sprint(scope, id).await {
        // The index lags behind by a moment: what is gone needs nothing.
        Err(Error::NotFound(_)) => return Ok(()),
        found => found?,
    };
    if sprint.value.emptying.is_some() {
        let writer = TaskWriter::acting(scope, Actor::system(), now).in_batch(Some(EventId::at(now)));
        let emptied = writer.empty_sprint(table, &sprint).await?;
        table.commit(emptied.change).await?;
    }
    if sprint.value.state != SprintState::Running {
        return Ok(());
    }
    let (tasks, history, calendar) = futures::try_join!(
        table.tasks(scope, id.project(), false),
        table.sprint_history(scope, id),
        table.calendar(scope)
    )?;
    let open = tasks.iter().map(|task| &task.value.fields).filter(|task| task.closed_at.is_none());
    let own = open.filter(|task| task.sprint_id.as_ref() == Some(id));
    let remaining_points = own.map(|task| task.story_points.unwrap_or(0)).sum();
    let count = DayCount { date: calendar.day_at(now), at: now, remaining_points };
    for drift in history.ledger().drift(std::slice::from_ref(&count)) {
        tracing::warn!(
            sprint = %id, date = %drift.date, counted = drift.counted_points, remaining = drift.remaining_points,
            "the cards and the transitions of a sprint disagree"
        );
    }
    let mut change = Transaction::outside_workspaces();
    change.put_day_count(scope, id, &count);
    table.commit(change).await
}
