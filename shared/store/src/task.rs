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
}

/// That a task is a part of another, and whether it is done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Subtask {
    /// Whether it is in a column of the category done.
    pub done: bool,
}

impl Entity for Subtask {
    const WHAT: &'static str = "subtask";
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

    /// Refuses a write of `person` to `field`, or to the whole task, where somebody else edits it.
    ///
    /// # Errors
    /// As [`Locks::check`].
    ///
    /// [`Locks::check`]: millrace_domain::task::lock::Locks::check
    pub fn check_lock(&self, person: &UserId, field: Option<&LockedField>, now: Timestamp) -> Result<()> {
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

impl Transaction {
    /// A new task.
    pub fn open_task<S>(&mut self, scope: &Scope<S>, fields: &TaskFields) {
        let key = keys::card(scope.workspace(), &fields.key);
        self.put_new(
            &key,
            &TaskRecord { fields: fields.clone(), counters: Counters::default() },
            beside(scope, fields),
            || Error::Raced,
        );
        self.leave_transitions(scope, None, fields, 1);
    }

    /// A task that comes from elsewhere, live or archived, with its version and what is counted beside it. What it means
    /// to sprints is for whoever knows what they know of it.
    pub fn import_task<S>(&mut self, scope: &Scope<S>, fields: &TaskFields, version: u64, counters: Counters) {
        let (key, beside) = shelf(scope, fields);
        let beside = Beside { numbers: Counter::all_of(counters), ..beside };
        self.put_new_at(&key, version, &TaskRecord { fields: fields.clone(), counters }, beside);
    }

    /// New fields for a task; its version after the write.
    pub fn update_task<S>(&mut self, scope: &Scope<S>, stored: &Stored<TaskRecord>, fields: &TaskFields) -> u64 {
        self.tell_blocked(scope, &stored.value.fields, fields);
        let beside = if fields.archived_at.is_none() { beside(scope, fields) } else { Beside::default() };
        self.leave_transitions(scope, Some(&stored.value.fields), fields, stored.version + 1);
        self.update_beside(stored, &TaskRecord { fields: fields.clone(), counters: stored.value.counters }, beside)
    }

    /// What was told of a task's due date, if nobody wrote the task since. No version of its own: nobody sees it.
    pub fn remember_due(
        &mut self,
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

    /// Moves a task out of the board's range, or back into it; its version after the write.
    pub fn shelve_task<S>(&mut self, scope: &Scope<S>, stored: &Stored<TaskRecord>, fields: &TaskFields) -> u64 {
        self.tell_blocked(scope, &stored.value.fields, fields);
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
        self.leave_transitions(scope, Some(&stored.value.fields), fields, stored.version + 1);
        stored.version + 1
    }

    /// A task's text.
    pub fn put_text<S>(&mut self, scope: &Scope<S>, task: &TaskKey, description: &Markdown) {
        self.put(
            &keys::text(scope.workspace(), task),
            &TaskText { description: description.clone() },
            Beside::default(),
        );
    }

    /// That `part` comes to be a part of `parent`, if that one has not left its key.
    pub fn add_subtask<S>(&mut self, scope: &Scope<S>, parent: &TaskKey, part: &TaskKey, done: bool) {
        self.tie(scope, parent);
        self.put_subtask(scope, parent, part, done);
    }

    /// Whether `part`, which is a part of `parent`, is done.
    pub fn put_subtask<S>(&mut self, scope: &Scope<S>, parent: &TaskKey, part: &TaskKey, done: bool) {
        self.put(&keys::subtask(scope.workspace(), parent, part), &Subtask { done }, Beside::default());
    }

    /// That `part` is no part of `parent` any more.
    pub fn remove_subtask<S>(&mut self, scope: &Scope<S>, parent: &TaskKey, part: &TaskKey) {
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
