//! Tasks that were moved to another project. All of a task's keys stand at each of them, so that one read leads from any
//! to the others.

use crate::{
    item::{Entity, Stored},
    keys,
    scope::Scope,
    table::{Mode, Table},
    task::{Counter, TaskRecord},
    transaction::{Beside, Transaction},
};
use millrace_domain::{Result, id::TaskKey, moved::Moved, task::TaskFields};
use serde::{Deserialize, Serialize};

/// All keys of a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MovedRecord(pub Moved);

impl Entity for MovedRecord {
    const WHAT: &'static str = "moved task";
}

impl<M: Mode> Table<M> {
    /// All keys of a task that was moved to another project, by whichever of them it is asked for; none where it was not.
    ///
    /// # Errors
    /// As every read.
    pub async fn moved<S>(&self, scope: &Scope<S>, task: &TaskKey) -> Result<Option<Moved>> {
        let found = self.get::<MovedRecord>(&keys::moved(scope.workspace(), task)).await?;
        Ok(found.map(|found| found.value.0))
    }

    /// `scope` with the keys of a task that was moved, by whichever of them it is asked for.
    ///
    /// # Errors
    /// As every read.
    pub async fn follow<S>(&self, scope: Scope<S>, task: &TaskKey) -> Result<Scope<S>> {
        Ok(match self.moved(&scope, task).await? {
            Some(moved) => scope.following(moved),
            None => scope,
        })
    }
}

impl Transaction {
    /// A task leaves its project for another one, where `fields` say what it is: under a new key, with its version and
    /// what is counted beside it. Its former keys lead to it from then on.
    pub fn transfer_task<S>(&mut self, scope: &Scope<S>, stored: &Stored<TaskRecord>, fields: &TaskFields) -> u64 {
        let (before, counters) = (&stored.value.0, stored.value.1);
        let version = stored.version + 1;
        let counted = Counter::all_of(counters);
        self.delete_counted(stored, &counted);
        let beside = Beside { numbers: counted, ..crate::task::beside(scope, fields) };
        let key = keys::card(scope.workspace(), &fields.key);
        self.put_new_at(&key, version, &TaskRecord(fields.clone(), counters), beside);
        let left = TaskFields { sprint_id: None, updated_at: fields.updated_at, ..before.clone() };
        self.leave_transitions(scope, Some(before), &left, version);
        let moved = fields.keys();
        for key in moved.former.iter().chain([&moved.key]) {
            self.put(&keys::moved(scope.workspace(), key), &MovedRecord(moved.clone()), Beside::default());
        }
        self.remove(&keys::locks(scope.workspace(), &before.key));
        version
    }
}
