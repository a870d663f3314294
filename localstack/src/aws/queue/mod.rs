//! The SQS stand-in: queues in SQLite, since queued messages must survive a restart, which existing crates do not
//! offer.

mod attributes;
mod batch;
mod protocol;
mod store;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::records::Records;
use super::{ACCOUNT, Now, StandInError};
use store::{Received, Sent, Stored};

/// The queues. Clones share them.
#[derive(Clone)]
pub struct Queues {
    records: Arc<Records>,
    origin: String,
    region: String,
    now: Now,
    // A waiting receiver for each queue, so that a message does not wake those of all others.
    arrivals: Arc<Mutex<HashMap<String, Arc<Notify>>>>,
}

/// How a queue is declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueSettings {
    /// How long a received message stays hidden from others.
    pub visibility: Duration,
    /// How long a sent message stays hidden at first.
    pub delay: Duration,
    /// The queue that takes messages which were received too often, and how often is not yet.
    pub dead_letters: Option<(String, u32)>,
}

impl Default for QueueSettings {
    fn default() -> Self {
        Self { visibility: Duration::from_secs(30), delay: Duration::ZERO, dead_letters: None }
    }
}

/// How many messages a queue holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Depths {
    /// The queue's name.
    pub name: String,
    /// Waiting to be received.
    pub visible: u64,
    /// Received, and neither deleted nor visible again.
    pub in_flight: u64,
    /// Sent or put back for a later moment.
    pub delayed: u64,
    /// The queue for those that failed, if there is one.
    pub dead_letter_queue: Option<String>,
    /// How many of this queue's messages are there.
    pub dead_letters: u64,
    /// Whether this is itself such a queue, which nobody empties.
    pub holds_dead_letters: bool,
}

impl Queues {
    pub(crate) fn new(records: Arc<Records>, origin: &str, region: &str, now: Now) -> Self {
        Self { records, origin: origin.into(), region: region.into(), now, arrivals: Arc::default() }
    }

    /// Makes a queue, or gives one that exists these settings.
    ///
    /// # Errors
    /// When the records cannot be written.
    pub fn declare(&self, name: &str, settings: &QueueSettings) -> Result<(), StandInError> {
        Ok(self.records.write(|c| store::declare(c, &Stored::new(name, settings)))?)
    }

    /// The address by which a client of AWS names a queue.
    #[must_use]
    pub fn url(&self, name: &str) -> String {
        format!("{}/{ACCOUNT}/{name}", self.origin)
    }

    /// A queue's ARN.
    #[must_use]
    pub fn arn(&self, name: &str) -> String {
        format!("arn:aws:sqs:{}:{ACCOUNT}:{name}", self.region)
    }

    /// How full every queue is, by name.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn depths(&self) -> Result<Vec<Depths>, StandInError> {
        Ok(self.records.read(|c| store::depths(c, self.now_ms()))?)
    }

    /// Whether no queue has a message that is waiting or being worked on. What is delayed, and what
    /// lies in a queue for dead letters, is not waited for.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn is_idle(&self) -> Result<bool, StandInError> {
        Ok(self.depths()?.iter().all(|d| d.holds_dead_letters || d.visible + d.in_flight == 0))
    }

    /// When the next hidden message becomes visible: how far to move the clock for more to happen.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn next_due(&self) -> Result<Option<Timestamp>, StandInError> {
        let due = self.records.read(|c| store::next_due(c, None, self.now_ms()))?;
        Ok(due.and_then(|ms| Timestamp::from_millisecond(ms).ok()))
    }

    /// Sends a queue's dead letters back to it, and gives how many. For the name of a queue that
    /// holds dead letters, each goes back to where it came from.
    ///
    /// # Errors
    /// When there is no such queue, or the records cannot be written.
    pub fn redrive(&self, name: &str) -> Result<usize, StandInError> {
        let Some(queue) = self.records.read(|c| store::queue(c, name))? else {
            return Err(StandInError::NoQueue(name.into()));
        };
        let now = self.now_ms();
        let moved = self.records.write(|c| store::redrive(c, &queue, now))?;
        self.changed();
        Ok(moved)
    }

    /// Sends a message, as another stand-in does.
    pub(crate) fn deliver(&self, queue: &str, body: &str) -> Result<(), StandInError> {
        let (message_id, now) = (ulid::Ulid::generate().to_string(), self.now_ms());
        let sent = Sent { message_id: &message_id, body, attributes: "{}", delay: 0 };
        self.records.write(|c| store::send(c, queue, &sent, now))?;
        self.arrived(queue);
        Ok(())
    }

    /// Lets every waiting receiver look again.
    pub(crate) fn changed(&self) {
        for arrival in self.arrivals.lock().unwrap_or_else(PoisonError::into_inner).values() {
            arrival.notify_waiters();
        }
    }

    fn arrived(&self, queue: &str) {
        self.arrival(queue).notify_waiters();
    }

    fn arrival(&self, queue: &str) -> Arc<Notify> {
        self.arrivals.lock().unwrap_or_else(PoisonError::into_inner).entry(queue.into()).or_default().clone()
    }

    fn now_ms(&self) -> i64 {
        (self.now)().as_millisecond()
    }

    async fn receive(
        &self,
        queue: &Stored,
        most: u32,
        visibility: i64,
        wait: Duration,
    ) -> rusqlite::Result<Vec<Received>> {
        let arrival = self.arrival(&queue.name);
        let deadline = Instant::now() + wait;
        loop {
            let notified = arrival.notified();
            tokio::pin!(notified);
            // Before looking, so that what arrives in between is not missed.
            notified.as_mut().enable();
            let now = self.now_ms();
            let (received, dead) = self.records.write(|c| store::receive(c, queue, most, visibility, now))?;
            if dead && let Some(dead_letters) = &queue.dead_letters {
                self.arrived(dead_letters);
            }
            if !received.is_empty() || Instant::now() >= deadline {
                return Ok(received);
            }
            let due = self.records.read(|c| store::next_due(c, Some(&queue.name), now))?;
            let pause = due.map(|due| Duration::from_millis(u64::try_from(due - now).unwrap_or_default().max(5)));
            let until = pause.map_or(deadline, |pause| deadline.min(Instant::now() + pause));
            tokio::select! {
                () = notified => {}
                () = tokio::time::sleep_until(until) => {}
            }
        }
    }
}
