//! The one way in which tasks change.
//!
//! Whoever creates, edits, moves, assigns, archives, restores, transfers, plans, links or imports a task does it through
//! a [`TaskWriter`]: an endpoint, a consumer, a job, and later a rule, an integration or a recurring task. It checks the
//! workflow, the column's limit, the fields that are required and what the task refers to, and it writes everything that
//! belongs to the change in one transaction: the task, the event with the list of what changed, its parent's count, its
//! sprints' transitions, and what its links tell other tasks.
//!
//! The caller's right to change the task is not checked here. A handler authorises, calls the writer, and commits the
//! [`Outcome`].

mod archive;
mod assign;
mod bulk;
mod change;
mod changes;
mod create;
mod due;
mod edit;
mod empty_sprint;
mod fill;
mod found;
mod import;
mod link;
mod many;
mod outcome;
mod place;
mod plan;
mod references;
mod relocate;
mod replace;
mod transfer;
mod watch;
mod writer;

pub use archive::former_parents;
pub use bulk::BulkSet;
pub use change::{Changing, TaskChange};
pub use create::{Creating, EndOfColumn, NewTask};
pub use empty_sprint::Emptied;
pub use found::Found;
pub use import::{Imported, import_blocks, import_link};
pub use link::{LinkStep, Linking};
pub use many::{Asked, Many};
pub use outcome::{Outcome, Prepared};
pub use place::{CardCounts, Placing};
pub use plan::{Plan, PlanStep, Plannable};
pub use references::{References, Sent};
pub use relocate::Relocation;
pub use replace::{Replacing, TaskReplacement};
pub use transfer::Transferring;
pub use writer::{Importing, Known, TaskWriter, View};
