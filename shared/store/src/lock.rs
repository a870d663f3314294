//! The locks of a task: one item, so that two that meet see each other, and forgotten by itself.

use crate::{
    item::{Entity, Stored},
    keys,
    scope::Scope,
    table::{Mode, Table},
    transaction::{Beside, Transaction},
};
use millrace_domain::{Error, Result, id::TaskKey, lock::Locks};
use serde::{Deserialize, Serialize};

/// The locks of a task.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocksRecord(pub Locks);

impl Entity for LocksRecord {
    const WHAT: &'static str = "locks";
}

impl<M: Mode> Table<M> {
    /// The locks of a task; none where nobody ever took one.
    ///
    /// # Errors
    /// As every read.
    pub async fn locks<S>(&self, scope: &Scope<S>, task: &TaskKey) -> Result<Option<Stored<LocksRecord>>> {
        self.get(&keys::locks(scope.workspace(), task)).await
    }
}

impl Transaction {
    /// New locks for a task, if nobody took or let go of one since they were read.
    pub fn put_locks<S>(
        &mut self,
        scope: &Scope<S>,
        task: &TaskKey,
        stored: Option<&Stored<LocksRecord>>,
        locks: Locks,
    ) {
        let beside = locks.end().map_or_else(Beside::default, Beside::until);
        let record = LocksRecord(locks);
        match stored {
            Some(stored) if record.0.held.is_empty() => self.delete(stored),
            Some(stored) => {
                self.update_beside(stored, &record, beside);
            }
            None => self.put_new(&keys::locks(scope.workspace(), task), &record, beside, || Error::Raced),
        }
    }
}
