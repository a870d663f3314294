//! The queues, by name, and what goes into each.

use millrace_domain::{
    event::Event,
    id::{ImportId, WorkspaceId},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A queue. Each has a dead-letter queue and an alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QueueName {
    /// Mail that is to be sent.
    Mail,
    /// Events, for those who are to hear of them.
    Notifications,
    /// Events, to be counted.
    Analytics,
    /// Events, for the audit trail.
    Audit,
    /// Events with which work on a task begins or ends, for timers.
    Timers,
    /// Events that a part of a task was done, for the task.
    Parents,
    /// What has come into the bucket of files and is to be looked at.
    Scans,
    /// Reports that are to be made.
    Reports,
    /// Imports, step by step.
    Imports,
}

/// How often a message is tried before it goes to the dead letters.
pub const TRIES: u32 = 5;

impl QueueName {
    /// Every queue.
    pub const ALL: &[Self] = &[
        Self::Mail,
        Self::Notifications,
        Self::Analytics,
        Self::Audit,
        Self::Parents,
        Self::Timers,
        Self::Scans,
        Self::Reports,
        Self::Imports,
    ];

    /// The name, as it is part of the queue's own.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Notifications => "notifications",
            Self::Analytics => "analytics",
            Self::Audit => "audit",
            Self::Parents => "parents",
            Self::Timers => "timers",
            Self::Scans => "scans",
            Self::Reports => "reports",
            Self::Imports => "imports",
        }
    }

    /// The environment variable that holds the queue's address.
    pub fn variable(self) -> String {
        format!("MILLRACE_QUEUE_{}", self.as_str().to_uppercase().replace('-', "_"))
    }

    /// The environment variable that holds the address of its dead letters.
    pub fn dead_letters_variable(self) -> String {
        format!("MILLRACE_DEAD_LETTERS_{}", self.as_str().to_uppercase().replace('-', "_"))
    }
}

/// That an import is to go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportStep {
    /// The workspace that it belongs to.
    pub workspace: WorkspaceId,
    /// The import.
    pub import: ImportId,
    /// Which start of it this belongs to: what is left over from an earlier one is dropped.
    pub run: u32,
}

impl Message for ImportStep {
    const QUEUE: QueueName = QueueName::Imports;
}

/// What goes into a queue.
pub trait Message: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The queue that it goes into.
    const QUEUE: QueueName;
}

macro_rules! of_events {
    ($($(#[doc = $doc:literal])+ $name:ident => $queue:ident;)+) => {
        $($(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Event);

        impl Message for $name {
            const QUEUE: QueueName = QueueName::$queue;
        })+
    };
}

of_events! {
    /// A committed event, on its way to those who are to hear of it.
    Noticed => Notifications;
    /// A committed event, on its way into the counters.
    Measured => Analytics;
    /// A committed event with which work on a task begins or ends, on its way to the timers of those who work on it.
    Progressed => Timers;
    /// A committed event, on its way into the audit trail.
    Recorded => Audit;
    /// A committed event by which a part of a task was done.
    PartDone => Parents;
}
