//! What accepting an invitation writes, for new and existing accounts.

use jiff::Timestamp;
use millrace_domain::{
    event::{Changes, EventData, payload::ProjectUserAdded},
    resource::ProjectMember,
};
use millrace_endpoint::{Error, Result, WorkspaceRole};
use millrace_store::{
    Stored, Transaction,
    account::Account,
    workspace::{Invite, Member, WorkspaceRecord},
};

/// An invitation whose token was presented.
pub(crate) struct Shown {
    pub(crate) invite: Stored<Invite>,
    pub(crate) workspace: WorkspaceRecord,
}

impl Shown {
    /// Consumes the invitation and adds `account` as the invited member.
    pub(crate) fn join(&self, change: &mut Transaction, account: &Account, now: Timestamp) -> Result<Member> {
        let (invite, workspace) = (&self.invite.value, &self.workspace.id);
        let member = Member { projects: invite.projects.clone(), ..Member::of(account, invite.role, now) };
        change.join(workspace, &member, || Error::conflict("You are a member of this workspace already."));
        change.delete(&self.invite);
        change.event(&member.event(workspace, now, EventData::UserCreated(member.in_event())));
        for (project, role) in &member.projects {
            let listed = ProjectMember { user: member.person(WorkspaceRole::Guest), role: *role };
            let data = EventData::ProjectUserAdded(ProjectUserAdded { member: listed });
            let changes = Changes::of_field("role", &None, &Some(role))?;
            change.event(&member.event(workspace, now, data).in_project(project).changing(changes));
        }
        Ok(member)
    }
}
