//! Tasks: their fields, descriptions and subtasks.

mod write;

pub use write::TaskWrite;
pub(crate) use write::beside;

use crate::{
    board::BoardWithColumns,
    core::{
        item::{Attributes, Entity, Stored, number, text},
        keys,
        scope::Scope,
        table::{Mode, Table, read_all},
    },
    custom::FieldsRecord,
    link::LinkRecord,
    lock::LocksRecord,
};
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    id::{ProjectKey, TaskKey, UserId},
    resource::{Card, Counters, Counts, Task},
    task::{
        TaskFields,
        custom::{FieldDefinition, shown},
        lock::LockedField,
    },
    text::Markdown,
};
use serde::{Deserialize, Serialize};

/// A task's fields, and what is counted beside them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TaskRecord {
    /// Its fields.
    pub fields: TaskFields,
    /// What is counted beside them.
    #[serde(skip)]
    pub counters: Counters,
}

impl Entity for TaskRecord {
    const WHAT: &'static str = "task";
    const GUARDED: bool = true;

    fn read_beside(&mut self, item: &Attributes) -> Result<()> {
        for counter in Counter::ALL {
            if item.contains_key(counter.attribute()) {
                *counter.of_mut(&mut self.counters) = number(item, counter.attribute())?;
            }
        }
        Ok(())
    }
}

/// One of the counters beside a task's fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counter {
    /// The number of comments.
    Comments,
    /// The number of attachments.
    Attachments,
    /// The minutes logged on it.
    LoggedMinutes,
}

impl Counter {
    const ALL: [Self; 3] = [Self::Comments, Self::Attachments, Self::LoggedMinutes];

    const fn attribute(self) -> &'static str {
        match self {
            Self::Comments => "comments",
            Self::Attachments => "attachments",
            Self::LoggedMinutes => "logged_minutes",
        }
    }

    fn of_mut(self, counters: &mut Counters) -> &mut u32 {
        match self {
            Self::Comments => &mut counters.comments,
            Self::Attachments => &mut counters.attachments,
            Self::LoggedMinutes => &mut counters.logged_minutes,
        }
    }

    pub(crate) fn all_of(mut counters: Counters) -> Vec<(&'static str, u32)> {
        Self::ALL.iter().map(|counter| (counter.attribute(), *counter.of_mut(&mut counters))).collect()
    }
}

/// A task's long text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct TaskText {
    /// What is to be done, as Markdown.
    pub description: Markdown,
}

impl Entity for TaskText {
    const WHAT: &'static str = "description";
    const GUARDED: bool = true;
}

/// That a task is a part of another, and whether it is done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Subtask {
    /// Whether it is in a column of the category done.
    pub done: bool,
}

impl Entity for Subtask {
    const WHAT: &'static str = "subtask";
    const GUARDED: bool = true;
}

/// A task, all of it.
#[derive(Debug, Clone)]
pub struct WholeTask {
    /// Its fields.
    pub fields: Stored<TaskRecord>,
    /// Its text; none where it never had any.
    pub text: Option<Stored<TaskText>>,
    /// Its parts, counted.
    pub counts: Counts,
    /// The fields of its project's own.
    pub custom_fields: Vec<FieldDefinition>,
    /// Who edits it; none where nobody does.
    pub locks: Option<Stored<LocksRecord>>,
}

impl WholeTask {
    /// Whether it is archived.
    pub fn archived(&self) -> bool {
        self.fields.value.fields.archived_at.is_some()
    }

    /// Refuses a write of `person` to `field`, or to the whole task, where somebody else edits it. Where no person writes,
    /// everybody is somebody else.
    ///
    /// # Errors
    /// As [`Locks::check`].
    ///
    /// [`Locks::check`]: millrace_domain::task::lock::Locks::check
    pub fn check_lock(&self, person: Option<&UserId>, field: Option<&LockedField>, now: Timestamp) -> Result<()> {
        self.locks.as_ref().map_or(Ok(()), |locks| locks.value.locks.check(person, field, now))
    }

    /// The task as clients see it on `board`.
    ///
    /// # Errors
    /// As [`BoardWithColumns::status`].
    pub fn resource(&self, board: &BoardWithColumns) -> Result<Task> {
        let mut fields = self.fields.value.fields.clone();
        fields.custom = shown(&self.custom_fields, &fields.custom);
        let status = board.status(&fields)?;
        let description = self.text.as_ref().map(|text| text.value.description.clone()).unwrap_or_default();
        Ok(Task::new(fields, self.fields.version, status, description, self.counts))
    }

    /// Its card on `board`.
    ///
    /// # Errors
    /// As [`BoardWithColumns::status`].
    pub fn card(&self, board: &BoardWithColumns) -> Result<Card> {
        let fields = &self.fields.value.fields;
        Ok(Card::new(fields, self.fields.version, board.status(fields)?, self.counts, &self.custom_fields))
    }
}

impl<M: Mode> Table<M> {
    /// A task with its text and its parts, archived or not, with the boards of its project, of which one is its own:
    /// three reads in one round trip.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn task<S>(&self, scope: &Scope<S>, task: &TaskKey) -> Result<(WholeTask, BoardWithColumns)> {
        let (live, archived) = (keys::card(scope.workspace(), task), keys::archived_card(scope.workspace(), task));
        let own_fields = keys::custom_fields(scope.workspace(), task.project());
        let locks = keys::locks(scope.workspace(), task);
        let own_items = keys::task_history(scope.workspace(), task);
        let (fields, parts, boards) = futures::try_join!(
            self.batch(vec![live.clone(), archived.clone(), own_fields.clone(), locks.clone()]),
            self.all(&own_items),
            self.boards(scope, task.project()),
        )?;
        let custom_fields = fields.get::<FieldsRecord>(&own_fields)?.map(|fields| fields.value.fields);
        let locks = fields.get::<LocksRecord>(&locks)?;
        let fields = match fields.get(&live)? {
            Some(fields) => Some(fields),
            None => fields.get::<TaskRecord>(&archived)?,
        };
        let fields = fields.ok_or_else(|| Error::not_found("task"))?;
        let mut description = None;
        let mut counts = Counts { counters: fields.value.counters, ..Counts::default() };
        for item in &parts {
            if text(item, "sk")? == "TEXT" {
                description = Some(Stored::read(item)?);
            } else if text(item, "sk")?.starts_with("SUBTASK#") {
                counts.subtask_count += 1;
                counts.subtask_done += u32::from(Stored::<Subtask>::read(item)?.value.done);
            } else if text(item, "sk")?.starts_with("LINK#") {
                counts.blocked |= Stored::<LinkRecord>::read(item)?.value.blocks_now();
            }
        }
        let own = boards.into_iter().find(|board| board.board.value.id == fields.value.fields.board_id);
        // An archived task whose board was deleted has no place to be shown in.
        let board = own.ok_or_else(|| Error::not_found("task"))?;
        let custom_fields = custom_fields.unwrap_or_default();
        Ok((WholeTask { fields, text: description, counts, custom_fields, locks }, board))
    }

    /// A task's fields, archived or not. One that was archived for too long is gone, whether the table forgot it or not.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn task_fields<S>(&self, scope: &Scope<S>, task: &TaskKey, now: Timestamp) -> Result<Stored<TaskRecord>> {
        let (live, archived) = (keys::card(scope.workspace(), task), keys::archived_card(scope.workspace(), task));
        let found = self.batch(vec![live.clone(), archived.clone()]).await?;
        let live = found.get::<TaskRecord>(&live)?;
        let fields = if live.is_some() { live } else { found.get(&archived)? };
        fields.filter(|fields| !fields.value.fields.is_gone(now)).ok_or_else(|| Error::not_found("task"))
    }

    /// The live ones among `tasks`, in one round trip.
    ///
    /// # Errors
    /// As every read.
    pub async fn live_tasks<S>(&self, scope: &Scope<S>, tasks: &[TaskKey]) -> Result<Vec<Stored<TaskRecord>>> {
        self.tasks_at(tasks.iter().map(|task| keys::card(scope.workspace(), task)).collect()).await
    }

    /// The archived ones among `tasks`, in one round trip. One that was archived for too long is gone, whether the table
    /// forgot it or not.
    ///
    /// # Errors
    /// As every read.
    pub async fn archived_tasks<S>(
        &self,
        scope: &Scope<S>,
        tasks: &[TaskKey],
        now: Timestamp,
    ) -> Result<Vec<Stored<TaskRecord>>> {
        let keys = tasks.iter().map(|task| keys::archived_card(scope.workspace(), task)).collect();
        let mut found = self.tasks_at(keys).await?;
        found.retain(|task| !task.value.fields.is_gone(now));
        Ok(found)
    }

    async fn tasks_at(&self, keys: Vec<keys::Key>) -> Result<Vec<Stored<TaskRecord>>> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let found = self.batch(keys.clone()).await?;
        keys.iter().filter_map(|key| found.get(key).transpose()).collect()
    }

    /// A task's parts, counted, and whether an open task blocks it; its own counters stand beside its fields, and are zero in here.
    ///
    /// # Errors
    /// As every read.
    pub async fn subtask_counts<S>(&self, scope: &Scope<S>, task: &TaskKey) -> Result<Counts> {
        let parts = keys::subtasks(scope.workspace(), task);
        let (parts, blocked) = futures::try_join!(self.all(&parts), self.is_blocked(scope, task))?;
        let parts: Vec<Stored<Subtask>> = read_all(&parts)?;
        let done = parts.iter().filter(|part| part.value.done).count();
        Ok(Counts { subtask_done: done as u32, subtask_count: parts.len() as u32, blocked, ..Counts::default() })
    }

    /// All live tasks of a project by number, or all archived ones.
    ///
    /// # Errors
    /// As every read.
    pub async fn tasks<S>(
        &self,
        scope: &Scope<S>,
        project: &ProjectKey,
        archived: bool,
    ) -> Result<Vec<Stored<TaskRecord>>> {
        let run = if archived { keys::archived_cards } else { keys::cards };
        read_all(&self.all(&run(scope.workspace(), project)).await?)
    }
}
