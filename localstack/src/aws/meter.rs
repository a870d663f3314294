//! Measures the cost of an operation: calls, round trips and capacity units.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;

tokio::task_local! {
    static METER: Meter;
}

/// Meters the calls to the stand-ins that a future makes through the in-process SDK clients.
///
/// It follows the task, so calls that the future spawns as tasks of their own are not seen.
#[derive(Clone, Debug, Default)]
pub struct Meter(Arc<Mutex<Measured>>);

#[derive(Debug, Default)]
struct Measured {
    tick: u64,
    calls: Vec<Call>,
    others: BTreeMap<&'static str, usize>,
}

/// One call to DynamoDB.
#[derive(Clone, Debug, Serialize)]
pub struct Call {
    /// The operation, such as `TransactWriteItems`.
    pub operation: String,
    /// Items that came back.
    pub items_read: usize,
    /// Items that were put, updated or deleted; condition checks are not counted.
    pub items_written: usize,
    /// Consumed read capacity units, of the table and its indexes.
    pub read_units: f64,
    /// Consumed write capacity units, of the table and its indexes.
    pub write_units: f64,
    /// Whether it was refused. What a refused call consumed is not known here.
    pub failed: bool,
    #[serde(skip)]
    started: u64,
    #[serde(skip)]
    ended: u64,
}

/// What a metered piece of work cost.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cost {
    /// The longest chain of DynamoDB calls of which each began after the one before had ended:
    /// calls in flight together count as one.
    pub round_trips: usize,
    /// Calls to DynamoDB.
    pub calls: usize,
    /// Consumed read capacity units.
    pub read_units: f64,
    /// Consumed write capacity units.
    pub write_units: f64,
    /// Items that came back.
    pub items_read: usize,
    /// Items written.
    pub items_written: usize,
    /// Each call to DynamoDB in the order of their beginnings.
    pub operations: Vec<Call>,
    /// Calls to the other services: `sqs`, `ses`, `s3`, `sockets`.
    pub others: BTreeMap<&'static str, usize>,
}

/// What one call did, as its dispatcher found out.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Effect {
    pub(crate) items_read: usize,
    pub(crate) items_written: usize,
    pub(crate) read_units: f64,
    pub(crate) write_units: f64,
    pub(crate) failed: bool,
}

impl Meter {
    /// A meter at zero.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs a future with its calls metered here. A scope inside another hides the outer one.
    pub fn scope<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        METER.scope(self.clone(), future)
    }

    /// What was metered so far.
    #[must_use]
    pub fn report(&self) -> Cost {
        let measured = self.lock();
        let mut cost = Cost {
            round_trips: longest_chain(&measured.calls),
            calls: measured.calls.len(),
            operations: measured.calls.clone(),
            others: measured.others.clone(),
            ..Cost::default()
        };
        for call in &measured.calls {
            cost.read_units += call.read_units;
            cost.write_units += call.write_units;
            cost.items_read += call.items_read;
            cost.items_written += call.items_written;
        }
        cost
    }

    /// Back to zero.
    pub fn reset(&self) {
        *self.lock() = Measured::default();
    }

    /// The meter of the task that asks.
    pub(crate) fn current() -> Option<Self> {
        METER.try_with(Clone::clone).ok()
    }

    pub(crate) fn begin(&self, operation: &str) -> usize {
        let mut measured = self.lock();
        measured.tick += 1;
        let started = measured.tick;
        measured.calls.push(Call {
            operation: operation.into(),
            items_read: 0,
            items_written: 0,
            read_units: 0.0,
            write_units: 0.0,
            failed: false,
            started,
            ended: u64::MAX,
        });
        measured.calls.len() - 1
    }

    pub(crate) fn end(&self, call: usize, effect: Effect) {
        let mut measured = self.lock();
        measured.tick += 1;
        let ended = measured.tick;
        // A reset while the call was in flight leaves nothing to end.
        if let Some(call) = measured.calls.get_mut(call) {
            call.ended = ended;
            call.items_read = effect.items_read;
            call.items_written = effect.items_written;
            call.read_units = effect.read_units;
            call.write_units = effect.write_units;
            call.failed = effect.failed;
        }
    }

    pub(crate) fn count(&self, service: &'static str) {
        *self.lock().others.entry(service).or_default() += 1;
    }

    fn lock(&self) -> MutexGuard<'_, Measured> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn longest_chain(calls: &[Call]) -> usize {
    // Taking always the call that ends first is optimal for intervals.
    let mut by_end: Vec<(u64, u64)> = calls.iter().map(|call| (call.ended, call.started)).collect();
    by_end.sort_unstable();
    let mut chain = 0;
    let mut free_from = 0;
    for (ended, started) in by_end {
        if started > free_from {
            chain += 1;
            free_from = ended;
        }
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_calls_count_as_one_round_trip() {
        let meter = Meter::new();
        let (a, b) = (meter.begin("GetItem"), meter.begin("Query"));
        meter.end(a, Effect::default());
        let c = meter.begin("PutItem");
        meter.end(b, Effect::default());
        meter.end(c, Effect::default());
        assert_eq!(meter.report().round_trips, 2, "the third began after the first ended");
        assert_eq!(meter.report().calls, 3);
    }

    #[test]
    fn an_unfinished_call_counts_in_the_last_round_trip() {
        let meter = Meter::new();
        let a = meter.begin("GetItem");
        meter.end(a, Effect::default());
        meter.begin("Query");
        meter.begin("Query");
        assert_eq!(meter.report().round_trips, 2);
    }
}
