//! The teams area: groups of people across projects.

use millrace_endpoint::Declared;

pub mod add_member;
pub mod create;
pub mod delete;
pub mod get;
pub mod list;
mod parts;
pub mod remove_member;
pub mod update;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[
    Declared::endpoint::<list::ListTeams>(),
    Declared::endpoint::<create::CreateTeam>(),
    Declared::endpoint::<get::GetTeam>(),
    Declared::endpoint::<update::UpdateTeam>(),
    Declared::endpoint::<delete::DeleteTeam>(),
    Declared::endpoint::<add_member::AddTeamMember>(),
    Declared::endpoint::<remove_member::RemoveTeamMember>(),
];
