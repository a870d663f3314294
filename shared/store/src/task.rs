//! Tasks: their fields, their text, and their parts.

use crate::{
    board::BoardWithColumns,
    core::{
        item::{Attributes, Entity, Stored, key_attributes, number, text},
        keys,
        scope::{Internal, Scope},
        table::{Mode, Table, read_all},
        transaction::{Beside, Due, Transaction},
    },
    custom::FieldsRecord,
    grant::TaskWriteGrant,
    link::LinkRecord,
    lock::LocksRecord,
};
use aws_sdk_dynamodb::types::{AttributeValue, Update};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use millrace_domain::{
    Error, Result,
    id::{ProjectKey, TaskKey, UserId},
    resource::{Card, Counters, Counts, Task},
    task::{
        ARCHIVE_KEPT, TaskFields,
        custom::{FieldDefinition, shown},
        due::next_step,
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
    /// How many comments it has.
    Comments,
    /// How many files it has.
    Attachments,
    /// How many minutes were logged on it.
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

/// How a task comes to be what it is after a write.
#[derive(Debug, Clone, Copy)]
pub enum TaskWrite<'read> {
    /// It is new.
    Create,
    /// It has new fields. It stays live, or archived, as it was.
    Update(&'read Stored<TaskRecord>),
    /// It is archived or restored, as its new fields say.
    Shelve(&'read Stored<TaskRecord>),
    /// It leaves its project and gets a new key, if nothing was tied to the old one since its `ties` were read.
    Transfer {
        /// The task.
        stored: &'read Stored<TaskRecord>,
        /// How often something was tied to its key.
        ties: i64,
    },
    /// It comes from a file, live or archived, with its version and its counters. What it means to sprints is written by
    /// whoever read the file.
    Import {
        /// Its version.
        version: u64,
        /// What is counted beside it.
        counters: Counters,
    },
}

impl<'read> TaskWrite<'read> {
    /// The task as it was read; none for a new one.
    pub fn before(self) -> Option<&'read Stored<TaskRecord>> {
        match self {
            Self::Create | Self::Import { .. } => None,
            Self::Update(stored) | Self::Shelve(stored) | Self::Transfer { stored, .. } => Some(stored),
        }
    }
}

/// The task whose part `fields` is: none where it is archived.
fn parent_of(fields: &TaskFields) -> Option<&TaskKey> {
    fields.parent.as_ref().filter(|_| fields.archived_at.is_none())
}

impl Transaction {
    /// Writes a task, with all that follows from its fields: its place in its column, what its parent counts, what its
    /// sprints were told, and what the tasks that it blocks know of it. Its version after the write.
    pub fn write_task<S>(
        &mut self,
        _: TaskWriteGrant,
        scope: &Scope<S>,
        write: TaskWrite<'_>,
        after: &TaskFields,
    ) -> u64 {
        let before = write.before().map(|stored| &stored.value.fields);
        if let Some(before) = before {
            self.tell_blocked(scope, before, after);
        }
        let version = match write {
            TaskWrite::Create => self.create_task(scope, after),
            TaskWrite::Update(stored) => self.update_task(scope, stored, after),
            TaskWrite::Shelve(stored) => self.shelve_task(scope, stored, after),
            TaskWrite::Transfer { stored, ties } => self.transfer_task(scope, stored, ties, after),
            TaskWrite::Import { version, counters } => self.import_task(scope, after, version, counters),
        };
        match write {
            // An import ties its tasks to their parents itself: an item stands in a transaction once.
            TaskWrite::Import { .. } => {
                if let Some(parent) = parent_of(after) {
                    self.put_subtask(scope, parent, &after.key, after.closed_at.is_some());
                }
            }
            // What its former sprint is told names it by its former key.
            TaskWrite::Transfer { .. } => self.count_in_parent(scope, before, after),
            TaskWrite::Create | TaskWrite::Update(_) | TaskWrite::Shelve(_) => {
                self.count_in_parent(scope, before, after);
                self.leave_transitions(scope, before, after, version);
            }
        }
        version
    }

    fn create_task<S>(&mut self, scope: &Scope<S>, fields: &TaskFields) -> u64 {
        let key = keys::card(scope.workspace(), &fields.key);
        self.put_new_at(
            &key,
            1,
            &TaskRecord { fields: fields.clone(), counters: Counters::default() },
            beside(scope, fields),
        );
        1
    }

    fn import_task<S>(&mut self, scope: &Scope<S>, fields: &TaskFields, version: u64, counters: Counters) -> u64 {
        let (key, beside) = shelf(scope, fields);
        let beside = Beside { numbers: Counter::all_of(counters), ..beside };
        self.put_new_at(&key, version, &TaskRecord { fields: fields.clone(), counters }, beside);
        version
    }

    fn update_task<S>(&mut self, scope: &Scope<S>, stored: &Stored<TaskRecord>, fields: &TaskFields) -> u64 {
        let beside = if fields.archived_at.is_none() { beside(scope, fields) } else { Beside::default() };
        self.update_beside(stored, &TaskRecord { fields: fields.clone(), counters: stored.value.counters }, beside)
    }

    /// Moves a task out of the board's range, or back into it.
    fn shelve_task<S>(&mut self, scope: &Scope<S>, stored: &Stored<TaskRecord>, fields: &TaskFields) -> u64 {
        let (to, beside) = shelf(scope, fields);
        // Counters change without a new version: what was counted since the read would be lost with the old item.
        let counted = Counter::all_of(stored.value.counters);
        self.delete_counted(stored, &counted);
        let beside = Beside { numbers: counted, ..beside };
        self.put_new_at(
            &to,
            stored.version + 1,
            &TaskRecord { fields: fields.clone(), counters: stored.value.counters },
            beside,
        );
        stored.version + 1
    }

    /// Keeps what the parents of a task count of their parts.
    fn count_in_parent<S>(&mut self, scope: &Scope<S>, before: Option<&TaskFields>, after: &TaskFields) {
        let (former, parent) = (before.and_then(parent_of), parent_of(after));
        let done = after.closed_at.is_some();
        if let (Some(before), Some(former)) = (before, former.filter(|former| Some(*former) != parent)) {
            self.remove_subtask(scope, former, &before.key);
        }
        match parent {
            Some(parent) if former != Some(parent) => {
                self.tie(scope, parent);
                self.put_subtask(scope, parent, &after.key, done);
            }
            Some(parent) if before.is_some_and(|before| before.closed_at.is_some() != done) => {
                self.put_subtask(scope, parent, &after.key, done);
            }
            _ => {}
        }
    }

    /// What was told of a task's due date, if nobody wrote the task since. No version of its own: nobody sees it.
    pub fn remember_due(
        &mut self,
        _: TaskWriteGrant,
        scope: &Scope<Internal>,
        stored: &Stored<TaskRecord>,
        fields: &TaskFields,
        today: Date,
    ) {
        let beside = Beside { due: due(scope, fields, today), ..Beside::default() };
        self.update_quietly(stored, &TaskRecord { fields: fields.clone(), counters: stored.value.counters }, beside);
    }

    /// Adds to one of a live task's counters, without a new version of the task. One that was archived or moved since it
    /// was read is looked at again.
    pub fn count<S>(&mut self, scope: &Scope<S>, task: &TaskKey, counter: Counter, change: i64) {
        self.add(&keys::card(scope.workspace(), scope.current(task)), counter.attribute(), change, || Error::Raced);
    }

    /// As [`Transaction::count`], for a task that was read, live or archived.
    pub fn count_beside(&mut self, stored: &Stored<TaskRecord>, counter: Counter, change: i64) {
        self.add(&stored.key, counter.attribute(), change, || Error::Raced);
    }

    /// Sets what is counted beside a task to what a recount gave, if nobody counted or wrote the task since it was read.
    pub(crate) fn recount(&mut self, stored: &Stored<TaskRecord>, counted: Counters) {
        let number = |number: u32| AttributeValue::N(number.to_string());
        let mut update = Update::builder()
            .table_name("")
            .set_key(Some(key_attributes(&stored.key)))
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":version", AttributeValue::N(stored.version.to_string()));
        let (mut set, mut condition) = (Vec::new(), "#version = :version".to_owned());
        for ((name, was), (_, is)) in Counter::all_of(stored.value.counters).into_iter().zip(Counter::all_of(counted)) {
            let missing = if was == 0 { format!("attribute_not_exists({name}) OR ") } else { String::new() };
            condition.push_str(&format!(" AND ({missing}{name} = :was_{name})"));
            set.push(format!("{name} = :is_{name}"));
            update = update
                .expression_attribute_values(format!(":was_{name}"), number(was))
                .expression_attribute_values(format!(":is_{name}"), number(is));
        }
        let update = update.update_expression(format!("SET {}", set.join(", "))).condition_expression(condition);
        self.push_update(update, || Error::Raced);
    }

    /// Adds to one of a task's counters where the task is, which is in the archive or not.
    ///
    /// Where it is not there, the write is refused with [`Error::Conflict`].
    pub(crate) fn count_at<S>(
        &mut self,
        scope: &Scope<S>,
        task: &TaskKey,
        archived: bool,
        counter: Counter,
        change: i64,
    ) {
        let key = if archived { keys::archived_card } else { keys::card };
        let elsewhere = || Error::conflict("The task is archived. Restore it first.");
        self.add(&key(scope.workspace(), scope.current(task)), counter.attribute(), change, elsewhere);
    }

    /// A task's text.
    pub fn put_text<S>(&mut self, _: TaskWriteGrant, scope: &Scope<S>, task: &TaskKey, description: &Markdown) {
        let text = TaskText { description: description.clone() };
        self.put_guarded(&keys::text(scope.workspace(), task), &text, Beside::default());
    }

    /// Whether `part`, which is a part of `parent`, is done.
    pub(crate) fn put_subtask<S>(&mut self, scope: &Scope<S>, parent: &TaskKey, part: &TaskKey, done: bool) {
        self.put_guarded(&keys::subtask(scope.workspace(), parent, part), &Subtask { done }, Beside::default());
    }

    /// That `part` is no part of `parent` any more.
    pub(crate) fn remove_subtask<S>(&mut self, scope: &Scope<S>, parent: &TaskKey, part: &TaskKey) {
        self.remove(&keys::subtask(scope.workspace(), parent, part));
    }

    /// Goes through only if the task is there and not archived.
    pub fn check_task<S>(&mut self, scope: &Scope<S>, task: &TaskKey, gone: impl FnOnce() -> Error + Send + 'static) {
        self.check_exists(&keys::card(scope.workspace(), task), gone);
    }
}

/// What a live task carries beside its fields: its place in its column, and where the next step of its due date is found.
pub(crate) fn beside<S>(scope: &Scope<S>, fields: &TaskFields) -> Beside {
    let today = fields.updated_at.to_zoned(TimeZone::UTC).date();
    Beside { index: Some(place(scope, fields)), due: due(scope, fields, today), ..Beside::default() }
}

/// Where a task stands, live or archived, and what it carries there beside its fields.
fn shelf<S>(scope: &Scope<S>, fields: &TaskFields) -> (keys::Key, Beside) {
    let Some(at) = fields.archived_at else {
        return (keys::card(scope.workspace(), &fields.key), beside(scope, fields));
    };
    let archived = keys::archived_card(scope.workspace(), &fields.key);
    let due = Due::At(keys::due_purge(&archived, at + ARCHIVE_KEPT));
    (archived, Beside { due, ..Beside::default() })
}

/// Where a job finds the next step that is to be told of a task's due date.
fn due<S>(scope: &Scope<S>, fields: &TaskFields, today: Date) -> Due {
    let next = next_step(fields, today);
    next.map_or(Due::Never, |next| Due::At(keys::due_task(scope.workspace(), &fields.key, next)))
}

fn place<S>(scope: &Scope<S>, fields: &TaskFields) -> keys::Key {
    keys::place_in_column(scope.workspace(), &fields.column_id, &fields.rank, &fields.key)
}
