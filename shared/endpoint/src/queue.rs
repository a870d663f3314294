//! The queues, by name, and what goes into each.

use serde::{Serialize, de::DeserializeOwned};

/// A queue. Each has a dead-letter queue and an alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QueueName {
    /// Mail that is to be sent.
    Mail,
}

impl QueueName {
    /// Every queue.
    pub const ALL: &[Self] = &[Self::Mail];

    /// The name, as it is part of the queue's own.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
        }
    }

    /// How often a message is tried before it goes to the dead letters.
    pub const fn tries(self) -> u32 {
        match self {
            Self::Mail => 5,
        }
    }

    /// The environment variable that holds the queue's address.
    pub fn variable(self) -> String {
        format!("MILLRACE_QUEUE_{}", self.as_str().to_uppercase().replace('-', "_"))
    }
}

/// What goes into a queue.
pub trait Message: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The queue that it goes into.
    const QUEUE: QueueName;
}
