//! The writes of a task, with everything that follows from its fields.

use super::{Counter, Subtask, TaskRecord, TaskText};
use crate::{
    core::{
        item::{Stored, key_attributes},
        keys,
        scope::{Internal, Scope},
        transaction::{Beside, Due, Transaction},
    },
    grant::TaskWriteGrant,
};
use aws_sdk_dynamodb::types::{AttributeValue, Update};
use jiff::{civil::Date, tz::TimeZone};
use millrace_domain::{
    Error,
    id::TaskKey,
    resource::Counters,
    task::{ARCHIVE_KEPT, TaskFields, due::next_step},
    text::Markdown,
};

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
