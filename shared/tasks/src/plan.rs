//! Planning tasks for sprints, and taking them back to the backlog.

use crate::writer::{Known, TaskWriter, Told};
use millrace_domain::{
    Result,
    event::EventData,
    id::{ProjectKey, SprintId, TaskKey},
    resource::{Card, Counts},
    task::{TaskFields, custom::FieldDefinition},
};
use millrace_store::{
    Scope, Stored, Table, Transaction, Write, board::BoardWithColumns, snapshot::count_part, sprint::SprintRecord,
    table::Mode, task::TaskRecord,
};
use std::collections::HashMap;

/// A project's live tasks, with what it takes to tell of them.
#[derive(Debug, Clone)]
pub struct Plannable {
    /// The boards.
    pub boards: Vec<BoardWithColumns>,
    /// The project's own fields.
    pub definitions: Vec<FieldDefinition>,
    /// The tasks.
    pub tasks: Vec<Stored<TaskRecord>>,
}

impl Plannable {
    /// All live tasks of a project, in one round trip.
    ///
    /// # Errors
    /// As every read.
    pub async fn all<M: Mode, S>(table: &Table<M>, scope: &Scope<S>, project: &ProjectKey) -> Result<Self> {
        let (boards, definitions, tasks) = futures::try_join!(
            table.boards(scope, project),
            table.field_definitions(scope, project),
            table.tasks(scope, project, false),
        )?;
        Ok(Self { boards, definitions, tasks })
    }

    /// The tasks of `sprint`.
    pub(crate) fn of(&self, sprint: &SprintId) -> impl Iterator<Item = &Stored<TaskRecord>> {
        self.tasks.iter().filter(|task| task.value.fields.sprint_id.as_ref() == Some(sprint))
    }

    /// Each task's parts, counted among these tasks.
    pub(crate) fn counts(&self) -> HashMap<TaskKey, Counts> {
        let mut counts = HashMap::new();
        self.tasks.iter().for_each(|task| count_part(&mut counts, task));
        counts
    }
}

/// A task that is planned for a sprint, or goes back to the backlog.
#[derive(Debug, Clone, Copy)]
pub struct PlanStep<'read> {
    /// The task.
    pub task: &'read Stored<TaskRecord>,
    /// What is counted around it.
    pub counts: Counts,
    /// The sprint that it goes to; none for the backlog.
    pub to: Option<&'read SprintId>,
}

/// Tasks that are planned together.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'read> {
    /// The boards of their project.
    pub boards: &'read [BoardWithColumns],
    /// The project's own fields.
    pub definitions: &'read [FieldDefinition],
    /// The sprint that some of them come into: every write goes through only while it takes tasks.
    pub target: Option<&'read Stored<SprintRecord>>,
    /// What becomes of each.
    pub steps: &'read [PlanStep<'read>],
}

impl<S> TaskWriter<'_, S> {
    /// Plans tasks in as few transactions as take them. The last one is not written yet, and has room for `more` items
    /// beside the call's answer. A run that breaks off leaves every task where it was or where it goes.
    ///
    /// # Errors
    /// As every write.
    pub async fn plan(&self, table: &Table<Write>, plan: Plan<'_>, more: usize) -> Result<(Transaction, Vec<Card>)> {
        let takes_tasks =
            |change: &mut Transaction| plan.target.into_iter().for_each(|target| change.check_sprint(target));
        let mut filling = self.fill(table, more, takes_tasks);
        let mut cards = Vec::with_capacity(plan.steps.len());
        for step in plan.steps {
            let known = Known::of(step.task, plan.boards, step.counts, plan.definitions)?;
            let fields = TaskFields { sprint_id: step.to.cloned(), updated_at: self.now, ..known.fields().clone() };
            let mut piece = Transaction::default();
            cards.push(self.write(&mut piece, known.step(fields, Told::As(EventData::TaskUpdated)))?.card);
            filling.put(piece).await?;
        }
        Ok((filling.last(more), cards))
    }
}
