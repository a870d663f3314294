//! The feature flags of a workspace.

use crate::core::{
    item::{Entity, Stored},
    keys,
    scope::Scope,
    table::{Mode, Table},
    transaction::Transaction,
};
use jiff::Timestamp;
use millrace_domain::{Result, workspace::flag::Flags};
use serde::{Deserialize, Serialize};

/// What a workspace has switched on and off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FlagsRecord {
    /// The flags.
    pub flags: Flags,
    /// When they last changed.
    pub updated_at: Timestamp,
}

impl Entity for FlagsRecord {
    const WHAT: &'static str = "flags";
}

impl<M: Mode> Table<M> {
    /// The workspace's flags; none where nobody ever set one.
    ///
    /// # Errors
    /// As every read.
    pub async fn flags<S>(&self, scope: &Scope<S>) -> Result<Option<Stored<FlagsRecord>>> {
        self.get(&keys::flags(scope.workspace())).await
    }
}

impl Transaction {
    /// Writes the workspace's flags over `before`; their version after the write.
    pub fn put_flags<S>(&mut self, scope: &Scope<S>, before: Option<&Stored<FlagsRecord>>, flags: &FlagsRecord) -> u64 {
        self.settle(&keys::flags(scope.workspace()), before, flags)
    }
}
