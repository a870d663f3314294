use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use dynoxide::{Database, DynoxideError};

/// How many reads go on at the same time, besides a write.
const AT_ONCE: usize = 4;

/// Whether an operation reads items, and need not see them all as they were at one moment.
pub(super) fn is_read(operation: &str) -> bool {
    matches!(operation, "GetItem" | "BatchGetItem" | "Query" | "Scan")
}

/// Whether an operation changes what a table is.
pub(super) fn is_definition(operation: &str) -> bool {
    matches!(operation, "CreateTable" | "DeleteTable" | "UpdateTable" | "UpdateTimeToLive")
}

/// Further connections to a database file, that only read: one connection serves one call at a time. What was committed
/// over another one is seen by whatever is begun after it (<https://www.sqlite.org/isolation.html>).
pub(super) struct Readers {
    file: PathBuf,
    open: Mutex<Vec<Arc<Database>>>,
    calls: AtomicUsize,
}

impl Readers {
    pub(super) fn of(file: &Path) -> Self {
        Self { file: file.to_owned(), open: Mutex::default(), calls: AtomicUsize::default() }
    }

    /// The connection whose turn it is; opened with the first call.
    pub(super) fn next(&self) -> Result<Arc<Database>, DynoxideError> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        while open.len() < AT_ONCE {
            open.push(Arc::new(Database::new(&self.file.to_string_lossy())?));
        }
        let call = self.calls.fetch_add(1, Ordering::Relaxed);
        Ok(open[call % open.len()].clone())
    }

    /// Lets go of the connections: each remembers what the tables were.
    pub(super) fn forget(&self) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
