//! The tasks area: tasks, from creation to archival.

use millrace_endpoint::Declared;

pub mod add_link;
pub mod assign;
pub mod bulk;
pub mod close_parent;
pub mod create;
pub mod delete;
pub mod get;
pub mod history;
pub mod list;
pub mod list_links;
pub mod list_project;
pub mod lock;
mod parts;
pub mod patch;
pub mod put;
pub mod remove_link;
pub mod restore;
pub mod transfer;
pub mod unlock;
pub mod unwatch;
pub mod watch;

pub use parts::{
    summary::{ProjectTasksQuery, TaskSummary, TasksQuery},
    task_link::TaskLink,
};

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[
    Declared::endpoint::<list::ListTasks>(),
    Declared::endpoint::<list_project::ListProjectTasks>(),
    Declared::endpoint::<create::CreateTask>(),
    Declared::endpoint::<get::GetTask>(),
    Declared::endpoint::<put::PutTask>(),
    Declared::endpoint::<patch::PatchTask>(),
    Declared::endpoint::<delete::DeleteTask>(),
    Declared::endpoint::<restore::RestoreTask>(),
    Declared::endpoint::<assign::AssignTask>(),
    Declared::endpoint::<bulk::BulkTasks>(),
    Declared::endpoint::<transfer::TransferTask>(),
    Declared::endpoint::<history::TaskHistory>(),
    Declared::endpoint::<watch::WatchTask>(),
    Declared::endpoint::<unwatch::UnwatchTask>(),
    Declared::endpoint::<lock::LockTask>(),
    Declared::endpoint::<unlock::UnlockTask>(),
    Declared::endpoint::<list_links::ListLinks>(),
    Declared::endpoint::<add_link::AddLink>(),
    Declared::endpoint::<remove_link::RemoveLink>(),
    Declared::consumer::<close_parent::CloseParent>(),
];
