//! The workspaces area: workspaces, members and invitations.

use millrace_endpoint::Declared;

pub mod accept_invite;
pub mod audit;
pub mod create;
pub mod delete;
pub mod get;
pub mod get_calendar;
pub mod get_flags;
pub mod invite;
pub mod list;
pub mod list_invites;
pub mod list_members;
pub mod metrics;
mod parts;
pub mod put_calendar;
pub mod put_flags;
pub mod remove_member;
pub mod resolve;
pub mod revoke_invite;
pub mod update;
pub mod update_member;

pub use parts::calendar::{WorkspaceCalendar, WorkspaceHoliday};
pub use parts::invitation::{OpenInvite, ProjectGrant};
pub use parts::workspace::Workspace;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[
    Declared::endpoint::<resolve::ResolveTenant>(),
    Declared::endpoint::<list::ListWorkspaces>(),
    Declared::endpoint::<create::CreateWorkspace>(),
    Declared::endpoint::<get::GetWorkspace>(),
    Declared::endpoint::<update::UpdateWorkspace>(),
    Declared::endpoint::<delete::DeleteWorkspace>(),
    Declared::endpoint::<list_members::ListMembers>(),
    Declared::endpoint::<update_member::UpdateMember>(),
    Declared::endpoint::<remove_member::RemoveMember>(),
    Declared::endpoint::<list_invites::ListInvites>(),
    Declared::endpoint::<invite::InvitePerson>(),
    Declared::endpoint::<revoke_invite::RevokeInvite>(),
    Declared::endpoint::<accept_invite::AcceptInvite>(),
    Declared::endpoint::<get_flags::GetFlags>(),
    Declared::endpoint::<put_flags::PutFlags>(),
    Declared::endpoint::<audit::Audit>(),
    Declared::endpoint::<get_calendar::GetCalendar>(),
    Declared::endpoint::<put_calendar::PutCalendar>(),
    Declared::endpoint::<metrics::Metrics>(),
];
