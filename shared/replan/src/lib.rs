//! Moving tasks between sprints and the backlog: as a person plans, and as a sprint is emptied that was closed or
//! deleted.

mod emptying;

pub use emptying::{Emptied, empty};

use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    event::{Actor, Changes, Event, EventData},
    id::{EventId, ProjectKey, SprintId},
    resource::{Card, Counts},
    task::custom::FieldDefinition,
};
use millrace_store::{
    Scope, Stored, Table, Transaction, Write,
    board::BoardWithColumns,
    scope::{Internal, Verified},
    snapshot::count_part,
    sprint::SprintRecord,
    task::TaskRecord,
};
use std::collections::HashMap;

/// How many items a task takes in a transaction: itself, its event, and a transition in each of two sprints.
const ITEMS_A_TASK: usize = 4;
/// How many items AWS takes in one transaction.
const MOST_ITEMS: usize = 100;

/// Who may move tasks.
pub trait Acts: Send + Sync {
    /// A write that goes through only while they may.
    fn begin(&self) -> Transaction;
    /// How events name them.
    fn actor(&self) -> Actor;
}

impl Acts for Scope<Verified> {
    fn begin(&self) -> Transaction {
        Transaction::by(self)
    }
    fn actor(&self) -> Actor {
        Scope::<Verified>::actor(self)
    }
}

impl Acts for Scope<Internal> {
    fn begin(&self) -> Transaction {
        Transaction::outside_workspaces()
    }
    fn actor(&self) -> Actor {
        Actor::system()
    }
}

/// A project's live tasks, with what it takes to tell of them.
#[derive(Debug, Clone)]
pub struct Plannable {
    /// The boards.
    pub boards: Vec<BoardWithColumns>,
    /// The project's own fields.
    pub fields: Vec<FieldDefinition>,
    /// The tasks.
    pub tasks: Vec<Stored<TaskRecord>>,
}

impl Plannable {
    /// All live tasks of a project, in one round trip.
    ///
    /// # Errors
    /// As every read.
    pub async fn all<S>(table: &Table<Write>, scope: &Scope<S>, project: &ProjectKey) -> Result<Self> {
        let (boards, fields, tasks) = futures::try_join!(
            table.boards(scope, project),
            table.field_definitions(scope, project),
            table.tasks(scope, project, false),
        )?;
        Ok(Self { boards, fields, tasks })
    }

    /// The tasks of `sprint`.
    pub fn of(&self, sprint: &SprintId) -> Vec<&Stored<TaskRecord>> {
        self.tasks.iter().filter(|task| task.value.fields.sprint_id.as_ref() == Some(sprint)).collect()
    }

    /// Each task's parts, counted among these tasks.
    fn counts(&self) -> HashMap<millrace_domain::id::TaskKey, Counts> {
        let mut counts = HashMap::new();
        self.tasks.iter().for_each(|task| count_part(&mut counts, task));
        counts
    }
}

/// A task that goes into a sprint, or to the backlog.
#[derive(Debug, Clone, Copy)]
pub struct Step<'task> {
    /// The task.
    pub task: &'task Stored<TaskRecord>,
    /// What is counted around it.
    pub counts: Counts,
    /// The sprint that it goes to; none for the backlog.
    pub to: Option<&'task SprintId>,
}

/// Moves that belong together: their events say so.
pub struct Replan<'call, S> {
    /// Who moves.
    pub scope: &'call Scope<S>,
    /// When.
    pub now: Timestamp,
    /// What the events of this request share.
    pub batch: Option<EventId>,
    /// The sprint that tasks come into.
    pub target: Option<&'call Stored<SprintRecord>>,
    /// The project's own fields.
    pub fields: &'call [FieldDefinition],
}

impl<S> Replan<'_, S>
where
    Scope<S>: Acts,
{
    /// A write that goes through only while whoever moves may, and the target takes tasks.
    pub fn begin(&self) -> Transaction {
        let mut change = self.scope.begin();
        if let Some(target) = self.target {
            change.check_sprint(target);
        }
        change
    }

    /// Whether `change` takes `steps` more tasks and `more` items beside.
    pub fn has_room(change: &Transaction, steps: usize, more: usize) -> bool {
        change.len() + steps * ITEMS_A_TASK + more <= MOST_ITEMS
    }

    /// Puts one move into `change`; the card that comes of it.
    ///
    /// # Errors
    /// [`Error::Raced`] where the task was read before a write that its board was read after.
    pub fn put(&self, change: &mut Transaction, boards: &[BoardWithColumns], step: Step<'_>) -> Result<Card> {
        let before = &step.task.value.fields;
        let board = boards.iter().find(|board| board.board.value.id == before.board_id).ok_or(Error::Raced)?;
        let mut fields = before.clone();
        fields.sprint_id = step.to.cloned();
        fields.updated_at = self.now;
        let version = change.update_task(self.scope, step.task, &fields);
        let card = Card::new(&fields, version, board.status(&fields)?, step.counts, self.fields);
        let changes = Changes::of_field("sprint_id", &before.sprint_id, &fields.sprint_id)?;
        let data = EventData::TaskUpdated(card.clone().into());
        let event = Event::new(self.scope.workspace().clone(), self.scope.actor(), self.now, data);
        let event = event.on_task(&fields.key, &fields.board_id).changing(changes);
        change.event(&event.in_batch(self.batch));
        Ok(card)
    }

    /// Makes all moves, in as few transactions as take them; the last one is not written yet, and takes `more` items.
    /// A run that breaks off leaves every task where it was or where it goes.
    ///
    /// # Errors
    /// As every write.
    pub async fn all(
        &self,
        table: &Table<Write>,
        boards: &[BoardWithColumns],
        steps: &[Step<'_>],
        more: usize,
    ) -> Result<(Transaction, Vec<Card>)> {
        let mut change = self.begin();
        let mut cards = Vec::with_capacity(steps.len());
        for step in steps {
            if !Self::has_room(&change, 1, more) {
                table.commit(std::mem::replace(&mut change, self.begin())).await?;
            }
            cards.push(self.put(&mut change, boards, *step)?);
        }
        Ok((change, cards))
    }
}
