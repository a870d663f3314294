//! The DynamoDB stand-in: dynoxide in process, with what it lacks added.

mod dispatch;
mod expiry;
mod readers;
mod stream;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use dynoxide::Database;
use dynoxide::storage_backend::Clock;
use readers::Readers;
use rusqlite::Connection;
use tokio::sync::watch;

use super::records::Records;
use super::service::Call;
use super::wire::Answer;
use super::{Now, StandInError};

/// Tables, their streams and their expiry.
pub struct Table {
    db: Database,
    readers: Option<Readers>,
    // dynoxide keeps its own connection to itself; a database in memory has no other.
    upkeep: Option<Mutex<Connection>>,
    region: String,
    now: Now,
    records: Arc<Records>,
    changes: watch::Sender<u64>,
    // Held by whoever writes, over the database's connection or the other one. Not a lock of tasks:
    // that is handed to the task that waits longest, and nobody gets on until a thread runs that one.
    turn: Mutex<()>,
    // Held for writing while expired items' stream records are being completed.
    stream_gate: RwLock<()>,
}

struct Following(Now);

impl Clock for Following {
    fn now_unix_secs(&self) -> u64 {
        u64::try_from((self.0)().as_second()).unwrap_or_default()
    }

    fn now_unix_secs_f64(&self) -> f64 {
        (self.0)().as_duration().as_secs_f64()
    }
}

impl Table {
    pub(crate) fn open(
        file: Option<&Path>,
        region: &str,
        now: Now,
        records: Arc<Records>,
    ) -> Result<Self, StandInError> {
        let (db, upkeep) = match file {
            Some(file) => {
                let db = Database::new(&file.to_string_lossy())?;
                // The only way to set `synchronous = NORMAL`: a commit then survives the end of the
                // process without waiting for the disk.
                db.disable_bulk_loading()?;
                let upkeep = Connection::open(file)?;
                upkeep.busy_timeout(Duration::from_secs(5))?;
                upkeep.pragma_update(None, "synchronous", "NORMAL")?;
                upkeep.execute_batch(stream::INDEX)?;
                (db, Some(Mutex::new(upkeep)))
            }
            None => (in_memory(now.clone())?, None),
        };
        let changes = watch::Sender::new(0);
        let (turn, stream_gate) = (Mutex::new(()), RwLock::new(()));
        Ok(Self {
            db,
            readers: file.map(Readers::of),
            upkeep,
            region: region.into(),
            now,
            records,
            changes,
            turn,
            stream_gate,
        })
    }

    pub(crate) async fn answer(&self, call: Call<'_>) -> Answer {
        let (operation, body, comes_once) = (call.operation(), call.body, call.comes_once);
        let meter = call.meter;
        let call = meter.as_ref().map(|meter| (meter, meter.begin(operation)));
        // Lets the calls that the same task makes together all begin before the first one runs, as
        // they would over a network; a meter sees them overlap.
        tokio::task::yield_now().await;
        // On this thread: most calls take less than handing them to another one and back would.
        let outcome = match self.readers.as_ref().filter(|_| readers::is_read(operation)) {
            Some(readers) => match readers.next() {
                Ok(reader) => dispatch::run(&reader, operation, &body, meter.is_some(), comes_once),
                Err(error) => dispatch::refused(&error, operation),
            },
            None => {
                let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
                let _gate = (operation == "GetRecords").then(|| self.stream_gate.read());
                dispatch::run(&self.db, operation, &body, meter.is_some(), comes_once)
            }
        };
        if let Some(readers) = self.readers.as_ref().filter(|_| readers::is_definition(operation)) {
            readers.forget();
        }
        if let Some((meter, call)) = call {
            meter.end(call, outcome.effect);
        }
        if outcome.wrote {
            self.changed();
        }
        outcome.answer
    }

    fn changed(&self) {
        self.changes.send_modify(|n| *n += 1);
    }
}

/// A database in memory that has the stream's index too, which can only come in with a snapshot.
fn in_memory(now: Now) -> Result<Database, StandInError> {
    let db = Database::memory_with_clock(Arc::new(Following(now)))?;
    let folder = tempfile::tempdir().map_err(|source| StandInError::Folder { path: std::env::temp_dir(), source })?;
    // Sets `synchronous = OFF`, so that the snapshot is written without waiting for the disk.
    db.enable_bulk_loading()?;
    let snapshot = folder.path().join("snapshot");
    let path = snapshot.to_string_lossy();
    db.vacuum_into(&path)?;
    let upkeep = Connection::open(&snapshot)?;
    // It is gone in a moment.
    upkeep.pragma_update(None, "synchronous", "OFF")?;
    upkeep.execute_batch(stream::INDEX)?;
    drop(upkeep);
    db.restore_from(&path)?;
    Ok(db)
}
