//! The tasks area: tasks, from their making to their archive.

use millrace_endpoint::Declared;

pub mod assign;
pub mod create;
pub mod delete;
mod edit;
pub mod get;
pub mod history;
pub mod list;
pub mod list_project;
mod listing;
mod lookup;
pub mod patch;
pub mod put;
mod references;
pub mod restore;

pub use listing::{ProjectTasksQuery, TaskSummary, TasksQuery};

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
    Declared::endpoint::<history::TaskHistory>(),
];
