//! Who changes tasks, and the one write that every change ends in.

use crate::changes::{self, Kind};
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    event::{Actor, Changes, Event, EventData, payload::TaskEvent},
    id::{EventId, ImportId},
    resource::{Card, Counts, Task},
    task::{
        Status, TaskFields,
        custom::{FieldDefinition, shown},
    },
    text::Markdown,
    workspace::role::ProjectRole,
};
use millrace_store::{
    Scope, Stored, Transaction,
    board::BoardWithColumns,
    grant::TaskWriteGrant,
    scope::{Internal, Verified},
    task::{TaskRecord, TaskWrite},
    workspace::Member,
};

/// The right to write tasks: no other crate takes it.
pub(crate) const GRANT: TaskWriteGrant = TaskWriteGrant::take();

/// What the events of an import share.
#[derive(Clone, Copy)]
pub struct Importing<'run> {
    /// The import.
    pub import: &'run ImportId,
    /// Gives the next event its id and its time: those of one delivery are told in their order.
    pub next_id: &'run (dyn Fn() -> (EventId, Timestamp) + Sync),
}

/// Changes tasks in the name of an actor, at one moment.
pub struct TaskWriter<'scope, S = Verified> {
    pub(crate) scope: &'scope Scope<S>,
    /// The membership that every write depends on, where a person acts.
    pub(crate) member: Option<&'scope Stored<Member>>,
    pub(crate) actor: Actor,
    pub(crate) role: ProjectRole,
    pub(crate) now: Timestamp,
    pub(crate) batch: Option<EventId>,
    /// Where events get their ids from, and what they say of where they come from, while an import runs.
    pub(crate) import: Option<Importing<'scope>>,
}

impl<'scope> TaskWriter<'scope, Verified> {
    /// A person changes tasks with the role that they have in the scope's project. Each write goes through only while
    /// they have it.
    pub fn by(scope: &'scope Scope<Verified>, now: Timestamp) -> Self {
        Self {
            scope,
            member: Some(scope.member()),
            actor: scope.actor(),
            role: scope.project_role(),
            now,
            batch: None,
            import: None,
        }
    }
}

impl<'scope> TaskWriter<'scope, Internal> {
    /// A rule, an integration or Millrace itself changes tasks. It acts with the rights of the project: workflow,
    /// limits and required fields hold for it, and no step of the workflow asks it for a role that it lacks.
    pub fn acting(scope: &'scope Scope<Internal>, actor: Actor, now: Timestamp) -> Self {
        Self { scope, member: None, actor, role: ProjectRole::Admin, now, batch: None, import: None }
    }
}

impl<S> TaskWriter<'_, S> {
    /// The same writer, whose events share `batch`.
    pub fn in_batch(self, batch: Option<EventId>) -> Self {
        Self { batch, ..self }
    }

    /// The same writer, whose events share a batch of their own, unless they share one already.
    pub(crate) fn in_own_batch(&self) -> TaskWriter<'_, S> {
        TaskWriter {
            scope: self.scope,
            member: self.member,
            actor: self.actor.clone(),
            role: self.role,
            now: self.now,
            batch: self.batch.or_else(|| Some(EventId::at(self.now))),
            import: self.import,
        }
    }

    /// A transaction that goes through only while the actor may act.
    pub(crate) fn begin(&self) -> Transaction {
        self.member.map_or_else(Transaction::default, Transaction::as_member)
    }

    /// Writes one step of a task into `change`, with its event and everything that follows from it.
    pub(crate) fn write(&self, change: &mut Transaction, step: Step<'_>) -> Result<Written> {
        let Step { write, before, after, view, description, told } = step;
        let stored = write.before();
        let version = change.write_task(GRANT, self.scope, write, &after);
        if let Some(text) = description.after.filter(|text| description.before != Some(text)) {
            change.put_text(GRANT, self.scope, &after.key, text);
        }
        let task = view.task(&after, version, description.after)?;
        let card = view.card(&after, version)?;
        let mut changed = match (stored, before) {
            (Some(stored), Some(before)) => {
                changes::between(&before.task(&stored.value.fields, stored.version, description.before)?, &task)?
            }
            _ => Changes::default(),
        };
        let kind: Kind = match told {
            Told::Edit => changes::kind(&changed),
            Told::As(kind) => kind,
            Told::With(kind, more) => {
                changed = changed.and(more);
                kind
            }
            Told::Transfer => {
                if let (Some(stored), Some(before)) = (stored, before) {
                    let left = Card { version, ..before.card(&stored.value.fields, stored.version)? };
                    self.tell(change, EventData::TaskArchived, &left, changed.clone());
                }
                EventData::TaskRestored
            }
        };
        self.tell(change, kind, &card, changed);
        Ok(Written { task, card })
    }

    /// Tells of a task in the same write.
    pub(crate) fn tell(&self, change: &mut Transaction, kind: Kind, card: &Card, changes: Changes) {
        let data = TaskEvent { card: card.clone(), import: self.import.map(|import| import.import.clone()) };
        let event = Event::new(self.scope.workspace().clone(), self.actor.clone(), self.now, kind(data));
        let mut event = event.on_task(&card.key, &card.board_id).changing(changes).in_batch(self.batch);
        if let Some(import) = &self.import {
            (event.id, event.at) = (import.next_id)();
        }
        change.event(&event);
    }
}

/// What it takes to show a task: its board, what is counted around it, and its project's own fields.
#[derive(Debug, Clone, Copy)]
pub struct View<'read> {
    /// The board.
    pub board: &'read BoardWithColumns,
    /// What is counted around it and beside it.
    pub counts: Counts,
    /// The own fields of its project.
    pub definitions: &'read [FieldDefinition],
}

impl View<'_> {
    /// Its status.
    ///
    /// # Errors
    /// As [`BoardWithColumns::status`].
    pub fn status(&self, fields: &TaskFields) -> Result<Status> {
        self.board.status(fields)
    }

    /// Its card.
    ///
    /// # Errors
    /// As [`BoardWithColumns::status`].
    pub fn card(&self, fields: &TaskFields, version: u64) -> Result<Card> {
        Ok(Card::new(fields, version, self.status(fields)?, self.counts, self.definitions))
    }

    /// All of it, with its description.
    ///
    /// # Errors
    /// As [`BoardWithColumns::status`].
    pub fn task(&self, fields: &TaskFields, version: u64, description: Option<&Markdown>) -> Result<Task> {
        let status = self.status(fields)?;
        let fields = TaskFields { custom: shown(self.definitions, &fields.custom), ..fields.clone() };
        Ok(Task::new(fields, version, status, description.cloned().unwrap_or_default(), self.counts))
    }
}

/// A task as it was read without its description.
#[derive(Debug, Clone, Copy)]
pub struct Known<'read> {
    /// The task.
    pub task: &'read Stored<TaskRecord>,
    /// What it takes to show it.
    pub view: View<'read>,
}

impl<'read> Known<'read> {
    /// A task of one of `boards`.
    ///
    /// # Errors
    /// [`Error::Raced`] where none of them is its board: the task was read before a write that they were read after.
    pub fn of(
        task: &'read Stored<TaskRecord>,
        boards: &'read [BoardWithColumns],
        counts: Counts,
        definitions: &'read [FieldDefinition],
    ) -> Result<Self> {
        let own = boards.iter().find(|board| board.board.value.id == task.value.fields.board_id);
        Ok(Self { task, view: View { board: own.ok_or(Error::Raced)?, counts, definitions } })
    }

    /// Its fields.
    pub fn fields(&self) -> &'read TaskFields {
        &self.task.value.fields
    }

    /// Its card.
    ///
    /// # Errors
    /// As [`View::card`].
    pub fn card(&self) -> Result<Card> {
        self.view.card(self.fields(), self.task.version)
    }

    /// A step that gives it these fields and leaves its description alone.
    pub(crate) fn step(&self, after: TaskFields, told: Told) -> Step<'read> {
        Step {
            write: TaskWrite::Update(self.task),
            before: Some(self.view),
            after,
            view: self.view,
            description: Texts::default(),
            told,
        }
    }
}

/// A task's description before and after a step; none where the step has nothing to do with it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Texts<'text> {
    pub before: Option<&'text Markdown>,
    pub after: Option<&'text Markdown>,
}

impl<'text> Texts<'text> {
    /// It stays as it is.
    pub(crate) fn kept(text: Option<&'text Markdown>) -> Self {
        Self { before: text, after: text }
    }
}

/// What the event of a step is, and what it says beside the fields that differ.
pub(crate) enum Told {
    /// What changed decides.
    Edit,
    /// This.
    As(Kind),
    /// This, with changes that are not fields of the task.
    With(Kind, Changes),
    /// The task leaves one board and comes to another: two events.
    Transfer,
}

/// A task's step from what was read to what it is to be.
pub(crate) struct Step<'read> {
    /// How it is written.
    pub write: TaskWrite<'read>,
    /// What shows the task before; none for a new one.
    pub before: Option<View<'read>>,
    /// Its fields after.
    pub after: TaskFields,
    /// What shows it after.
    pub view: View<'read>,
    /// Its description.
    pub description: Texts<'read>,
    /// What its event says.
    pub told: Told,
}

/// A task as a write leaves it.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub task: Task,
    pub card: Card,
}
