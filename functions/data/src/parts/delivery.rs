//! One delivery of an import's message: what it may touch, what time it is, and what it tells.

use jiff::Timestamp;
use millrace_domain::{
    event::{Event, EventData},
    id::EventId,
};
use millrace_endpoint::{Table, Write, blobs::Blobs};
use millrace_platform::blobs::{CarryFiles, ListProblems, ReadImport};
use millrace_store::{Scope, import::ImportRecord, scope::Internal};
use std::{sync::Mutex, time::Instant};

/// One delivery.
pub(crate) struct Run<'delivery> {
    pub(crate) table: &'delivery Table<Write>,
    pub(crate) blobs: &'delivery Blobs<ReadImport>,
    pub(crate) listing: &'delivery Blobs<ListProblems>,
    pub(crate) carrying: &'delivery Blobs<CarryFiles>,
    pub(crate) scope: Scope<Internal>,
    /// The system's time when the delivery came, and this machine's.
    pub(crate) began: (Timestamp, Instant),
    pub(crate) ends: Instant,
    /// The last event's id: those of a delivery are told in their order.
    pub(crate) last: Mutex<EventId>,
}

impl Run<'_> {
    /// What time it is.
    pub(crate) fn now(&self) -> Timestamp {
        let (at, since) = self.began;
        at + since.elapsed()
    }

    /// The id and the time of the next event. The events of a delivery have ids in the order in which they are made.
    pub(crate) fn next_event(&self) -> (EventId, Timestamp) {
        let at = self.now();
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *last = last.next().max(EventId::at(at));
        (*last, at)
    }

    /// An event of the import.
    pub(crate) fn event(&self, import: &ImportRecord, data: EventData) -> Event {
        let (id, at) = self.next_event();
        let event = Event::new(self.scope.workspace().clone(), import.actor.clone(), at, data);
        Event { id, ..event }.in_project(import.id.project()).in_batch(import.batch)
    }
}
