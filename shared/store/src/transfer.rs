//! Tasks transferred to another project. All keys of a task are stored at each of them, so that a single read leads
//! from any key to the others.
//!
//! Links and subtasks refer to a task's key, and a write that adds one does not know of a concurrent transfer. So each
//! key has a counter of ties: adding a link or subtask increments it unless the task has left the key, and a transfer
//! succeeds only if the counter is unchanged since the links and subtasks were read. The second of two concurrent
//! writes fails and reads again.

use crate::{
    core::{
        item::{Entity, Stored, text},
        keys,
        scope::Scope,
        table::{Mode, Table},
        tally::{Adding, Numbers},
        transaction::{Beside, Transaction},
    },
    grant::TaskWriteGrant,
    link::LinkRecord,
    task::{Counter, TaskRecord, TaskText},
};
use millrace_domain::{
    Error, Result,
    id::TaskKey,
    task::{TaskFields, each_once, link::Link, transfer::TaskKeys},
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// How often something was tied to a key.
const TIES: &str = "ties";
/// That the task has left the key: no task gets it again.
const LEFT: &str = "left";

/// All keys of a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeysRecord {
    /// The keys.
    pub keys: TaskKeys,
}

impl Entity for KeysRecord {
    const WHAT: &'static str = "moved task";
    const GUARDED: bool = true;
}

/// What hangs on a task's key and goes along when the task leaves it.
#[derive(Debug, Clone, Default)]
pub struct Attached {
    /// Its text; none where it never had any.
    pub text: Option<Stored<TaskText>>,
    /// Its links.
    pub links: Vec<Stored<LinkRecord>>,
    /// How many live parts it has.
    pub parts: usize,
}

impl<M: Mode> Table<M> {
    /// How often something was tied to a task's key. Whoever takes along what hangs on it reads this before they read that.
    ///
    /// # Errors
    /// As every read.
    pub async fn ties<S>(&self, scope: &Scope<S>, task: &TaskKey) -> Result<i64> {
        Ok(self.tally(&keys::ties(scope.workspace(), task)).await?.number(TIES))
    }

    /// What hangs on a task's key.
    ///
    /// # Errors
    /// As every read.
    pub async fn attached<S>(&self, scope: &Scope<S>, task: &TaskKey) -> Result<Attached> {
        let mut attached = Attached::default();
        for item in &self.all(&keys::task_history(scope.workspace(), task)).await? {
            match text(item, "sk")? {
                "TEXT" => attached.text = Some(Stored::read(item)?),
                sk if sk.starts_with("LINK#") => attached.links.push(Stored::read(item)?),
                sk if sk.starts_with("SUBTASK#") => attached.parts += 1,
                _ => {}
            }
        }
        Ok(attached)
    }

    /// Those among `tasks` that were moved to another project, with the keys that they have now. No read where none is
    /// named.
    ///
    /// # Errors
    /// As every read.
    pub async fn transferred_among<S>(
        &self,
        scope: &Scope<S>,
        tasks: Vec<TaskKey>,
    ) -> Result<HashMap<TaskKey, TaskKey>> {
        let tasks = each_once(tasks);
        let places: Vec<_> = tasks.iter().map(|task| keys::transferred(scope.workspace(), task)).collect();
        let found = if places.is_empty() { return Ok(HashMap::new()) } else { self.batch(places.clone()).await? };
        let mut moved = HashMap::new();
        for (task, place) in tasks.into_iter().zip(&places) {
            if let Some(now) =
                found.get::<KeysRecord>(place)?.map(|found| found.value.keys.key).filter(|now| *now != task)
            {
                moved.insert(task, now);
            }
        }
        Ok(moved)
    }

    /// All keys of a task that was moved to another project, by whichever of them it is asked for; none where it was not.
    ///
    /// # Errors
    /// As every read.
    pub async fn transferred<S>(&self, scope: &Scope<S>, task: &TaskKey) -> Result<Option<TaskKeys>> {
        let found = self.get::<KeysRecord>(&keys::transferred(scope.workspace(), task)).await?;
        Ok(found.map(|found| found.value.keys))
    }

    /// `scope` with the keys of a task that was moved, by whichever of them it is asked for.
    ///
    /// # Errors
    /// As every read.
    pub async fn follow<S>(&self, scope: Scope<S>, task: &TaskKey) -> Result<Scope<S>> {
        Ok(match self.transferred(&scope, task).await? {
            Some(moved) => scope.following(moved),
            None => scope,
        })
    }
}

impl Transaction {
    /// Ties something to a task's key, if the task has not left it.
    pub fn tie<S>(&mut self, scope: &Scope<S>, task: &TaskKey) {
        let stays = Adding { expects: Some((LEFT, 0)), ..Adding::default() };
        let one = Numbers::from([(TIES.to_owned(), 1)]);
        self.tally(&keys::ties(scope.workspace(), task), &one, stays, || Error::Raced);
    }

    /// A task leaves its project for another one, where `fields` say what it is: under a new key, with its version and
    /// what is counted beside it, if nothing was tied to its key since its `ties` were read. Its former keys lead to it
    /// from then on.
    pub(crate) fn transfer_task<S>(
        &mut self,
        scope: &Scope<S>,
        stored: &Stored<TaskRecord>,
        ties: i64,
        fields: &TaskFields,
    ) -> u64 {
        let (before, counters) = (&stored.value.fields, stored.value.counters);
        let version = stored.version + 1;
        let counted = Counter::all_of(counters);
        self.delete_counted(stored, &counted);
        let beside = Beside { numbers: counted, ..crate::task::beside(scope, fields) };
        let key = keys::card(scope.workspace(), &fields.key);
        self.put_new_at(&key, version, &TaskRecord { fields: fields.clone(), counters }, beside);
        let left = TaskFields { sprint_id: None, updated_at: fields.updated_at, ..before.clone() };
        self.leave_transitions(scope, Some(before), &left, version);
        let moved = fields.keys();
        for key in moved.former.iter().chain([&moved.key]) {
            self.put_guarded(
                &keys::transferred(scope.workspace(), key),
                &KeysRecord { keys: moved.clone() },
                Beside::default(),
            );
        }
        self.remove(&keys::locks(scope.workspace(), &before.key));
        let untied = Adding { expects: Some((TIES, ties)), ..Adding::default() };
        let left = Numbers::from([(LEFT.to_owned(), 1)]);
        self.tally(&keys::ties(scope.workspace(), &before.key), &left, untied, || Error::Raced);
        version
    }

    /// A task's text goes along to its new key.
    pub fn take_text_along<S>(&mut self, _: TaskWriteGrant, scope: &Scope<S>, text: &Stored<TaskText>, to: &TaskKey) {
        self.remove(&text.key);
        self.put_guarded(&keys::text(scope.workspace(), to), &text.value, Beside::default());
    }

    /// A task's link goes along to its new key, at both ends. It has to be there still: the task at the other end may be
    /// moved at the same moment, or somebody takes the link away.
    pub fn take_link_along<S>(
        &mut self,
        grant: TaskWriteGrant,
        scope: &Scope<S>,
        stored: &Stored<LinkRecord>,
        from: &TaskKey,
        to: &TaskKey,
    ) {
        let id = &stored.value.id;
        let at = |task: &TaskKey| Link { task: task.clone(), relation: id.relation(), other: id.other().clone() };
        self.delete_version(&stored.key, stored.version);
        let back = at(from).inverse();
        self.remove(&keys::link(scope.workspace(), &back.task, &back.id()));
        self.put_link(grant, scope, &at(to), stored.value.open);
    }
}
