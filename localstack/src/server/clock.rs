//! The system's clock, which can be moved forward.

use jiff::{SignedDuration, Timestamp};
use millrace_domain::time::clock::Clock;
use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use tokio::sync::watch;

/// The machine's clock, moved forward by some milliseconds. Clones share them; a data folder keeps them.
#[derive(Clone)]
pub struct MovableClock {
    ahead: Arc<AtomicI64>,
    file: Option<Arc<PathBuf>>,
    moved: watch::Sender<u64>,
}

impl MovableClock {
    /// The clock of a data folder, or one that is forgotten.
    ///
    /// # Errors
    /// Where the folder cannot be read or made.
    pub fn open(data: Option<&Path>) -> io::Result<Self> {
        let file = data.map(|data| data.join("clock"));
        if let Some(data) = data {
            std::fs::create_dir_all(data)?;
        }
        let kept = match &file {
            Some(file) if file.exists() => std::fs::read_to_string(file)?.trim().parse().map_err(io::Error::other)?,
            _ => 0,
        };
        Ok(Self { ahead: Arc::new(AtomicI64::new(kept)), file: file.map(Arc::new), moved: watch::Sender::new(0) })
    }

    /// The present moment of the system.
    pub fn now(&self) -> Timestamp {
        Timestamp::now() + SignedDuration::from_millis(self.ahead.load(Ordering::SeqCst))
    }

    /// The clock as functions know it.
    pub fn clock(&self) -> Clock {
        let own = self.clone();
        Clock::new(move || own.now())
    }

    /// Moves the time forward.
    ///
    /// # Errors
    /// Where the data folder cannot keep it.
    pub fn advance(&self, by: SignedDuration) -> io::Result<()> {
        let by = i64::try_from(by.as_millis()).map_err(io::Error::other)?;
        let ahead = self.ahead.fetch_add(by, Ordering::SeqCst) + by;
        if let Some(file) = &self.file {
            std::fs::write(file.as_path(), ahead.to_string())?;
        }
        self.moved.send_modify(|count| *count += 1);
        Ok(())
    }

    /// Changes whenever the time was moved.
    pub(crate) fn moved(&self) -> watch::Receiver<u64> {
        self.moved.subscribe()
    }
}
