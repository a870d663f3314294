//! Queues as the framework knows them: a name each, and what says into which of them it goes.

use serde::{Serialize, de::DeserializeOwned};

/// A queue, by its name. Each has a dead-letter queue and an alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QueueName(&'static str);

/// How often a message is tried before it goes to the dead letters.
pub const TRIES: u32 = 5;

/// What the environment variables begin with that hold the queues' addresses, and those of their dead letters.
pub(crate) const ADDRESSES: &str = "MILLRACE_QUEUE_";
pub(crate) const DEAD_LETTERS: &str = "MILLRACE_DEAD_LETTERS_";

impl QueueName {
    /// The queue `name`: lower-case letters and digits, since it becomes part of a variable's name.
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The name, as it is part of the queue's own.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The environment variable that holds the queue's address.
    pub fn variable(self) -> String {
        format!("{ADDRESSES}{}", self.0.to_uppercase())
    }

    /// The environment variable that holds the address of its dead letters.
    pub fn dead_letters_variable(self) -> String {
        format!("{DEAD_LETTERS}{}", self.0.to_uppercase())
    }
}

/// What goes into a queue.
pub trait Message: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The queue that it goes into.
    const QUEUE: QueueName;
}
