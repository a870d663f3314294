//! Emptying a sprint that was closed or is to be deleted, step by step, by whoever comes by.

use crate::{
    plan::{Plan, PlanStep, Plannable},
    writer::TaskWriter,
};
use millrace_domain::{Error, Result, id::TaskKey};
use millrace_store::{Stored, Table, Transaction, Write, sprint::SprintRecord};

/// The sprint itself, and an event about it.
const ITEMS_OF_A_SPRINT: usize = 2;

/// A sprint of which the last tasks are about to go: what is left to write.
pub struct Emptied {
    /// The last steps, and that the sprint is empty or gone. It has room for an event.
    pub change: Transaction,
    /// The sprint's version after that.
    pub version: u64,
}

impl<S> TaskWriter<'_, S> {
    /// Moves the tasks of a sprint to where it says, all but those that were done when it was closed.
    ///
    /// Whoever finds a sprint so goes on from where the one before broke off: what was moved is not in it any more.
    ///
    /// # Errors
    /// As every write.
    pub async fn empty_sprint(&self, table: &Table<Write>, sprint: &Stored<SprintRecord>) -> Result<Emptied> {
        let value = &sprint.value;
        let emptying = value.emptying.as_ref().ok_or(Error::Raced)?;
        let wanted: Vec<_> = emptying.to.iter().cloned().collect();
        let (plannable, history, targets) = futures::try_join!(
            Plannable::all(table, self.scope, value.id.project()),
            table.sprint_history(self.scope, &value.id),
            table.sprints_among(self.scope, &wanted),
        )?;
        // Where the next sprint was deleted or closed meanwhile, the backlog is where people look.
        let target = targets.first().filter(|target| target.value.takes_tasks());
        let counts = plannable.counts();
        let report = history.report.as_ref().map(|record| &record.report);
        let stays = |task: &TaskKey| report.is_some_and(|report| report.completed.iter().any(|done| done.key == *task));
        let goes = plannable.of(&value.id).filter(|task| !stays(&task.value.fields.key));
        let steps: Vec<PlanStep<'_>> = goes
            .map(|task| PlanStep {
                task,
                counts: counts.get(&task.value.fields.key).copied().unwrap_or_default(),
                to: target.map(|target| &target.value.id),
            })
            .collect();
        let Plannable { boards, definitions, .. } = &plannable;
        let (mut change, _) =
            self.plan(table, Plan { boards, definitions, target, steps: &steps }, ITEMS_OF_A_SPRINT).await?;
        let version = if emptying.delete {
            change.delete(sprint);
            sprint.version
        } else {
            change.update_sprint(self.scope, sprint, &SprintRecord { emptying: None, ..value.clone() })
        };
        Ok(Emptied { change, version })
    }
}
