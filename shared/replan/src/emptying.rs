//! Emptying a sprint that was closed or is to be deleted, step by step, by whoever comes by.

use crate::{Acts, Plannable, Replan, Step};
use jiff::Timestamp;
use millrace_domain::{Error, Result, id::EventId};
use millrace_store::{Scope, Stored, Table, Transaction, Write, sprint::SprintRecord};

/// A sprint of which the last tasks are about to go: what is left to write.
pub struct Emptied {
    /// The last moves, and that the sprint is empty or gone.
    pub change: Transaction,
    /// The sprint's version after that.
    pub version: u64,
}

/// Moves the tasks of a sprint to where it says, all but those that were done when it was closed.
///
/// Whoever finds a sprint so goes on from where the one before broke off: what was moved is not in it any more.
///
/// # Errors
/// As every write.
pub async fn empty<S>(
    table: &Table<Write>,
    scope: &Scope<S>,
    sprint: &Stored<SprintRecord>,
    batch: EventId,
    now: Timestamp,
) -> Result<Emptied>
where
    Scope<S>: Acts,
{
    let value = &sprint.value;
    let emptying = value.emptying.as_ref().ok_or(Error::Raced)?;
    let wanted: Vec<_> = emptying.to.iter().cloned().collect();
    let (plannable, history, targets) = futures::try_join!(
        Plannable::all(table, scope, value.id.project()),
        table.sprint_history(scope, &value.id),
        table.sprints_among(scope, &wanted),
    )?;
    // Where the next sprint went or was closed meanwhile, the backlog is where people look.
    let target = targets.first().filter(|target| target.value.takes_tasks());
    let counts = plannable.counts();
    let report = history.report.as_ref().map(|record| &record.report);
    let stays = |task: &millrace_domain::id::TaskKey| {
        report.is_some_and(|report| report.completed.iter().any(|done| done.key == *task))
    };
    let steps: Vec<Step<'_>> = plannable
        .of(&value.id)
        .into_iter()
        .filter(|task| !stays(&task.value.fields.key))
        .map(|task| Step {
            task,
            counts: counts.get(&task.value.fields.key).copied().unwrap_or_default(),
            to: target.map(|target| &target.value.id),
        })
        .collect();
    let replan = Replan { scope, now, batch: Some(batch), target, fields: &plannable.fields };
    let (mut change, _) = replan.all(table, &plannable.boards, &steps, 3).await?;
    let version = if emptying.delete {
        change.delete(sprint);
        sprint.version
    } else {
        change.update_sprint(scope, sprint, &SprintRecord { emptying: None, ..value.clone() })
    };
    Ok(Emptied { change, version })
}
