//! The sprints area: planning sprints, running them, and their results.

use millrace_endpoint::Declared;

pub mod add_tasks;
pub mod burndown;
pub mod close;
pub mod create;
pub mod delete;
pub mod get;
pub mod list;
mod parts;
pub mod report;
pub mod start;
pub mod update;
pub mod velocity;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[
    Declared::endpoint::<list::ListSprints>(),
    Declared::endpoint::<create::CreateSprint>(),
    Declared::endpoint::<get::GetSprint>(),
    Declared::endpoint::<update::UpdateSprint>(),
    Declared::endpoint::<delete::DeleteSprint>(),
    Declared::endpoint::<add_tasks::AddTasks>(),
    Declared::endpoint::<start::StartSprint>(),
    Declared::endpoint::<close::CloseSprint>(),
    Declared::endpoint::<burndown::SprintBurndown>(),
    Declared::endpoint::<report::GetReport>(),
    Declared::endpoint::<velocity::ProjectVelocity>(),
];
