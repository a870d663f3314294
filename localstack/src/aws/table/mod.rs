//! The DynamoDB stand-in: dynoxide called in process, with what it leaves out added.

mod dispatch;
mod expiry;
mod stream;

use std::path::Path;
use std::sync::{Arc, Mutex, RwLock};
use std::time::Duration;

use bytes::Bytes;
use dynoxide::Database;
use dynoxide::storage_backend::Clock;
use rusqlite::Connection;
use tokio::sync::watch;

use super::meter::Meter;
use super::records::Records;
use super::wire::Answer;
use super::{Now, StandInError};

/// Tables, their streams and their expiry.
pub struct Table {
    db: Database,
    // dynoxide keeps its own connection to itself; a database in memory has no other.
    upkeep: Option<Mutex<Connection>>,
    region: String,
    now: Now,
    records: Arc<Records>,
    changes: watch::Sender<u64>,
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
                // Sets `synchronous = NORMAL`, of which there is no other way: a commit then survives
                // the end of the process without waiting for the disk.
                db.disable_bulk_loading()?;
                let upkeep = Connection::open(file)?;
                upkeep.busy_timeout(Duration::from_secs(5))?;
                upkeep.pragma_update(None, "synchronous", "NORMAL")?;
                upkeep.execute_batch(stream::INDEX)?;
                (db, Some(Mutex::new(upkeep)))
            }
            None => (Database::memory_with_clock(Arc::new(Following(now.clone())))?, None),
        };
        let changes = watch::Sender::new(0);
        Ok(Self { db, upkeep, region: region.into(), now, records, changes, stream_gate: RwLock::new(()) })
    }

    pub(crate) async fn answer(&self, operation: &str, body: Bytes, meter: Option<Meter>) -> Answer {
        let call = meter.as_ref().map(|meter| (meter, meter.begin(operation)));
        // Lets the calls that the same task makes together all begin before the first one runs, as
        // they would over a network; a meter sees them overlap.
        tokio::task::yield_now().await;
        let gate = (operation == "GetRecords").then(|| self.stream_gate.read());
        // Where it is called: a call takes some ten to hundred microseconds, less than handing it to
        // another thread costs, and the database runs them one at a time whatever the thread.
        let outcome = dispatch::run(&self.db, operation, &body, meter.is_some());
        drop(gate);
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
