//! The edit locks of a task, in one item so that concurrent locks conflict; it expires by TTL. The locks of a project's
//! tasks share a partition, so that a board reads all of them at once.

use crate::core::{
    item::{Entity, Stored},
    keys,
    scope::Scope,
    table::{Mode, Table, read_all},
    transaction::{Beside, Transaction},
};
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    id::{ProjectKey, TaskKey},
    task::lock::Locks,
};
use serde::{Deserialize, Serialize};

/// The locks of a task.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocksRecord {
    /// The locks.
    pub locks: Locks,
}

impl Entity for LocksRecord {
    const WHAT: &'static str = "locks";
}

impl<M: Mode> Table<M> {
    /// The locks of a task; none where nobody holds one.
    ///
    /// # Errors
    /// As every read.
    pub async fn locks<S>(&self, scope: &Scope<S>, task: &TaskKey) -> Result<Option<Stored<LocksRecord>>> {
        self.get(&keys::locks(scope.workspace(), task)).await
    }

    /// The locks of a project's tasks, by number, also those that are over and that the table has not forgotten yet.
    ///
    /// # Errors
    /// As every read.
    pub async fn locks_in<S>(
        &self,
        scope: &Scope<S>,
        project: &ProjectKey,
    ) -> Result<Vec<(TaskKey, Stored<LocksRecord>)>> {
        let locks: Vec<Stored<LocksRecord>> = read_all(&self.all(&keys::locks_in(scope.workspace(), project)).await?)?;
        let named = |locks: Stored<LocksRecord>| {
            let number = locks.key.sk.parse().map_err(|_| Error::internal("the place of locks cannot be read"))?;
            Ok((TaskKey::new(project, number), locks))
        };
        locks.into_iter().map(named).collect()
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
        now: Timestamp,
    ) {
        let beside = locks.end().map_or_else(Beside::default, Beside::until);
        let record = LocksRecord { locks };
        match stored {
            Some(stored) if record.locks.held.is_empty() => self.delete(stored),
            Some(stored) => {
                self.update_beside(stored, &record, beside);
            }
            // Locks come and go: counted from one, a version that a write has read would come again.
            None => {
                let version = now.as_millisecond().unsigned_abs();
                self.put_new_at(&keys::locks(scope.workspace(), task), version, &record, beside);
            }
        }
    }

    /// Goes through only if a task's locks are still what was read: nobody takes one between a write's look at them
    /// and the write.
    pub fn check_locks<S>(&mut self, scope: &Scope<S>, task: &TaskKey, stored: Option<&Stored<LocksRecord>>) {
        match stored {
            Some(stored) => self.check_version(&stored.key, stored.version, || Error::Raced),
            None => self.check_absent(&keys::locks(scope.workspace(), task), || Error::Raced),
        }
    }
}
