//! The projects area: projects, their members, labels and custom fields.

use millrace_endpoint::Declared;

pub mod create;
pub mod create_label;
pub mod delete;
pub mod delete_label;
pub mod get;
pub mod get_fields;
pub mod list;
pub mod list_labels;
pub mod list_members;
mod parts;
pub mod put_fields;
pub mod put_member;
pub mod remove_member;
pub mod update;
pub mod update_label;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[
    Declared::endpoint::<list::ListProjects>(),
    Declared::endpoint::<create::CreateProject>(),
    Declared::endpoint::<get::GetProject>(),
    Declared::endpoint::<update::UpdateProject>(),
    Declared::endpoint::<delete::DeleteProject>(),
    Declared::endpoint::<list_members::ListProjectMembers>(),
    Declared::endpoint::<put_member::PutProjectMember>(),
    Declared::endpoint::<remove_member::RemoveProjectMember>(),
    Declared::endpoint::<list_labels::ListLabels>(),
    Declared::endpoint::<create_label::CreateLabel>(),
    Declared::endpoint::<update_label::UpdateLabel>(),
    Declared::endpoint::<delete_label::DeleteLabel>(),
    Declared::endpoint::<get_fields::GetFields>(),
    Declared::endpoint::<put_fields::PutFields>(),
];
