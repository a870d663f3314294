//! How much goes on in a workspace.

use crate::core::{
    item::number,
    keys::{self, Key},
    scope::Scope,
    table::{Mode, Table},
    transaction::Transaction,
};
use jiff::Timestamp;
use millrace_domain::Result;
use std::collections::BTreeMap;

impl<M: Mode> Table<M> {
    /// How many sockets the people of the workspace have open. May lag behind by a moment.
    ///
    /// # Errors
    /// As every read.
    pub async fn open_sockets<S>(&self, scope: &Scope<S>) -> Result<u64> {
        self.count_of_index(&keys::sockets_in(scope.workspace()), " ").await
    }

    /// How many sign-ins to the workspace go on. May lag behind by a moment.
    ///
    /// # Errors
    /// As every read.
    pub async fn active_sessions<S>(&self, scope: &Scope<S>, now: Timestamp) -> Result<u64> {
        self.count_of_index(&keys::sessions_in(scope.workspace()), &keys::sortable_time(now)).await
    }
}

/// What the files of a workspace take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StorageUse {
    /// The number of files.
    pub files: u64,
    /// Their total size in bytes.
    pub bytes: u64,
}

const FILES: &str = "files";
const BYTES: &str = "bytes";

impl<M: Mode> Table<M> {
    /// What the files of the workspace take.
    ///
    /// # Errors
    /// As every read.
    pub async fn storage<S>(&self, scope: &Scope<S>) -> Result<StorageUse> {
        let mut sum = StorageUse::default();
        for item in self.all(&keys::storage(scope.workspace())).await? {
            sum.files += number::<u64>(&item, FILES)?;
            sum.bytes += number::<u64>(&item, BYTES)?;
        }
        Ok(sum)
    }
}

impl Transaction {
    /// Counts the file `file` of so many bytes into what the workspace stores, or out of it. The sum stands in several
    /// items, so that files that arrive at one moment do not wait for each other.
    pub fn count_storage<S>(&mut self, scope: &Scope<S>, file: &str, change: FileCount) {
        self.count_stored(scope, [(file, change)]);
    }

    /// As [`Transaction::count_storage`], for several files: an item stands in a transaction once.
    pub(crate) fn count_stored<'file, S>(
        &mut self,
        scope: &Scope<S>,
        changes: impl IntoIterator<Item = (&'file str, FileCount)>,
    ) {
        let mut sums: BTreeMap<Key, (i128, i128)> = BTreeMap::new();
        for (file, change) in changes {
            let (files, bytes) = match change {
                FileCount::In { bytes } => (1, i128::from(bytes)),
                FileCount::Out { bytes } => (-1, -i128::from(bytes)),
            };
            let sum = sums.entry(keys::storage_shard(scope.workspace(), file)).or_default();
            *sum = (sum.0 + files, sum.1 + bytes);
        }
        for (key, (files, bytes)) in sums {
            self.add_numbers(&key, &[(FILES, files), (BYTES, bytes)]);
        }
    }
}

/// A file that comes or goes, with its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileCount {
    /// It is stored.
    In {
        /// The size.
        bytes: u64,
    },
    /// It is stored no more.
    Out {
        /// The size.
        bytes: u64,
    },
}
