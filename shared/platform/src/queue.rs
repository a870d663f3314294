//! The queues by name, and their messages.

use millrace_domain::{
    event::Event,
    id::{ImportId, WorkspaceId},
    notification::notice::Source,
};
use millrace_endpoint::queue::{Message, QueueName};
use serde::{Deserialize, Serialize};

/// Mail that is to be sent.
pub const MAIL: QueueName = QueueName::new("mail");
/// Events and notices, for the people who are to be told of them.
pub const NOTIFICATIONS: QueueName = QueueName::new("notifications");
/// Events, to be counted.
pub const ANALYTICS: QueueName = QueueName::new("analytics");
/// Events, for the audit trail.
pub const AUDIT: QueueName = QueueName::new("audit");
/// Events with which work on a task begins or ends, for timers.
pub const TIMERS: QueueName = QueueName::new("timers");
/// Events that a part of a task was done, for the task.
pub const PARENTS: QueueName = QueueName::new("parents");
/// What has come into the bucket of files and is to be looked at.
pub const SCANS: QueueName = QueueName::new("scans");
/// Reports that are to be made.
pub const REPORTS: QueueName = QueueName::new("reports");
/// Imports, step by step.
pub const IMPORTS: QueueName = QueueName::new("imports");

/// Every queue.
pub const ALL: &[QueueName] = &[MAIL, NOTIFICATIONS, ANALYTICS, AUDIT, PARENTS, TIMERS, SCANS, REPORTS, IMPORTS];

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
    const QUEUE: QueueName = IMPORTS;
}

/// A committed event or a notice, for the people who are to be told of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Noticed(pub Source);

impl Message for Noticed {
    const QUEUE: QueueName = NOTIFICATIONS;
}

macro_rules! of_events {
    ($($(#[doc = $doc:literal])+ $name:ident => $queue:ident;)+) => {
        $($(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Event);

        impl Message for $name {
            const QUEUE: QueueName = $queue;
        })+
    };
}

of_events! {
    /// A committed event, on its way into the counters.
    Measured => ANALYTICS;
    /// A committed event with which work on a task begins or ends, on its way to the timers of those who work on it.
    Progressed => TIMERS;
    /// A committed event, on its way into the audit trail.
    Recorded => AUDIT;
    /// A committed event by which a part of a task was done.
    PartDone => PARENTS;
}
