//! What an accepted invitation writes, whoever accepts it.

use jiff::Timestamp;
use millrace_domain::event::{EventType, FieldChange};
use millrace_endpoint::{Error, Result, WorkspaceRole, call::to_value};
use millrace_store::{
    Stored, Transaction,
    account::Account,
    workspace::{Invite, Member, WorkspaceRecord},
};
use serde_json::{Value, json};

/// An invitation whose token was shown.
pub(crate) struct Shown {
    pub(crate) invite: Stored<Invite>,
    pub(crate) workspace: WorkspaceRecord,
}

impl Shown {
    /// Uses the invitation up, and makes `account` the member that it says.
    pub(crate) fn join(&self, change: &mut Transaction, account: &Account, now: Timestamp) -> Result<Member> {
        let (invite, workspace) = (&self.invite.value, &self.workspace.id);
        let member = Member { projects: invite.projects.clone(), ..Member::of(account, invite.role, now) };
        change.join(workspace, &member, || Error::conflict("You are a member of this workspace already."));
        change.delete(&self.invite);
        change.event(&member.event(workspace, EventType::UserCreated, None, now));
        for (project, role) in &member.projects {
            let mut event = member.event(workspace, EventType::ProjectUserAdded, Some(project), now);
            event.changes = vec![FieldChange { field: "role".to_owned(), from: Value::Null, to: to_value(role)? }];
            event.data = json!({"member": {"user": member.person(WorkspaceRole::Guest), "role": role}});
            change.event(&event);
        }
        Ok(member)
    }
}
