//! What a change of a task comes to.

use crate::{found::Found, writer::Written};
use millrace_domain::{
    Result,
    resource::{Card, Task},
};
use millrace_store::Transaction;

/// What a change comes to: the transaction that writes it, and the task as it leaves it.
pub struct Outcome {
    /// The write; none where nothing changes.
    pub change: Option<Transaction>,
    /// The task after it.
    pub task: Task,
    /// Its card after it.
    pub card: Card,
}

impl Outcome {
    /// The task stays as it is.
    pub(crate) fn unchanged(found: &Found) -> Result<Self> {
        Ok(Self { change: None, task: found.resource()?, card: found.card()? })
    }
}

/// A change that writes in any case: the transaction that writes it, and the task as it leaves it.
pub struct Prepared {
    /// The write.
    pub change: Transaction,
    /// The task after it.
    pub task: Task,
    /// Its card after it.
    pub card: Card,
}

impl Prepared {
    pub(crate) fn of(change: Transaction, written: Written) -> Self {
        Self { change, task: written.task, card: written.card }
    }
}

impl From<Prepared> for Outcome {
    fn from(Prepared { change, task, card }: Prepared) -> Self {
        Self { change: Some(change), task, card }
    }
}
