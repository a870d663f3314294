//! Workspaces, their members and their invites.

use crate::{
    account::{Joined, SlugTaken},
    cursor::Page,
    item::{Entity, Stored},
    keys,
    scope::Scope,
    table::{Mode, Part, Table, read_all},
    transaction::{Beside, Transaction},
};
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    id::{InviteId, ProjectKey, UserId, WorkspaceId},
    resource::Person,
    role::{ProjectRole, WorkspaceRole},
    text::{Email, Name, Slug},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A workspace.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkspaceRecord {
    /// Its id.
    pub id: WorkspaceId,
    /// Its short name in addresses.
    pub slug: Slug,
    /// What it is called.
    pub name: Name,
    /// Where its logo is.
    pub logo_url: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it was deleted: nobody sees it since then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
}

impl Entity for WorkspaceRecord {
    const WHAT: &'static str = "workspace";
}

/// A person in a workspace: the name that the others see there, and all roles, so that one read settles them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// The person.
    pub user: UserId,
    /// The name to show in this workspace.
    pub name: Name,
    /// The address.
    pub email: Email,
    /// What the person is in the workspace.
    pub role: WorkspaceRole,
    /// What the person is in the projects that list them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub projects: BTreeMap<ProjectKey, ProjectRole>,
    /// Since when.
    pub joined_at: Timestamp,
}

impl Entity for Member {
    const WHAT: &'static str = "member";
}

impl Member {
    /// What the person is in `project`; none where it is not to be seen.
    pub fn role_in(&self, project: &ProjectKey) -> Option<ProjectRole> {
        ProjectRole::effective(self.role, self.projects.get(project).copied())
    }

    /// The person, as someone with the role `viewer` sees them: guests see no addresses.
    pub fn person(&self, viewer: WorkspaceRole) -> Person {
        Person {
            id: self.user.clone(),
            name: self.name.clone(),
            email: (viewer > WorkspaceRole::Guest).then(|| self.email.to_string()),
            role: self.role,
            avatar_url: None,
        }
    }
}

/// An invitation. The mailed token holds the workspace, the invite and a secret, of which the hash is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Invite {
    /// Its id.
    pub id: InviteId,
    /// Who is invited.
    pub email: Email,
    /// What they will be in the workspace.
    pub role: WorkspaceRole,
    /// What they will be in projects.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub projects: BTreeMap<ProjectKey, ProjectRole>,
    /// The hash of the token's secret.
    pub secret_hash: String,
    /// Who invites.
    pub invited_by: UserId,
    /// When.
    pub created_at: Timestamp,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
}

impl Entity for Invite {
    const WHAT: &'static str = "invite";
}

impl<M: Mode> Table<M> {
    /// The scope's workspace.
    ///
    /// # Errors
    /// [`Error::NotFound`] where it was deleted.
    pub async fn workspace<S>(&self, scope: &Scope<S>) -> Result<Stored<WorkspaceRecord>> {
        let found = self.get::<WorkspaceRecord>(&keys::workspace(scope.workspace())).await?;
        found.filter(|workspace| workspace.value.deleted_at.is_none()).ok_or_else(|| Error::not_found("workspace"))
    }

    /// All members of the workspace, by their ids.
    ///
    /// # Errors
    /// As every read.
    pub async fn members<S>(&self, scope: &Scope<S>) -> Result<Vec<Stored<Member>>> {
        read_all(&self.all(&keys::members(scope.workspace())).await?)
    }

    /// A part of the members of the workspace.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a cursor that is not of this list.
    pub async fn members_page<S>(&self, scope: &Scope<S>, part: &Part) -> Result<Page<Stored<Member>>> {
        self.page(&keys::members(scope.workspace()), part).await
    }

    /// One member.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the person is none.
    pub async fn member<S>(&self, scope: &Scope<S>, user: &UserId) -> Result<Stored<Member>> {
        self.get(&keys::member(scope.workspace(), user)).await?.ok_or_else(|| Error::not_found("person"))
    }

    /// Those of `users` who are members, in one round trip.
    ///
    /// # Errors
    /// As every read.
    pub async fn members_among<S>(&self, scope: &Scope<S>, users: &[UserId]) -> Result<Vec<Stored<Member>>> {
        if users.is_empty() {
            return Ok(Vec::new());
        }
        let keys: Vec<_> = users.iter().map(|user| keys::member(scope.workspace(), user)).collect();
        let found = self.batch(keys.clone()).await?;
        keys.iter().filter_map(|key| found.get(key).transpose()).collect()
    }

    /// A part of the open invites of the workspace.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a cursor that is not of this list.
    pub async fn invites<S>(&self, scope: &Scope<S>, part: &Part) -> Result<Page<Stored<Invite>>> {
        self.page(&keys::invites(scope.workspace()), part).await
    }

    /// One invite of the workspace.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn invite<S>(&self, scope: &Scope<S>, invite: &InviteId) -> Result<Stored<Invite>> {
        self.get(&keys::invite(scope.workspace(), invite)).await?.ok_or_else(|| Error::not_found("invite"))
    }

    /// The invite that a mailed token names, with its workspace. Whoever holds the token may know both.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the invite or its workspace is gone.
    pub async fn invite_by_token(
        &self,
        workspace: &WorkspaceId,
        invite: &InviteId,
    ) -> Result<(Stored<Invite>, Stored<WorkspaceRecord>)> {
        let (invite, workspace) = (keys::invite(workspace, invite), keys::workspace(workspace));
        let found = self.batch(vec![invite.clone(), workspace.clone()]).await?;
        let open = found.get(&invite)?.zip(found.get::<WorkspaceRecord>(&workspace)?);
        open.filter(|(_, workspace)| workspace.value.deleted_at.is_none()).ok_or_else(|| Error::not_found("invite"))
    }
}

impl Transaction {
    /// A new workspace with its slug and its first owner.
    pub fn found_workspace(&mut self, workspace: &WorkspaceRecord, owner: &Member) {
        self.put_new(&keys::workspace(&workspace.id), workspace, Beside::default(), || Error::Raced);
        let claim = SlugTaken { workspace: workspace.id.clone() };
        self.put_new(&keys::slug(&workspace.slug), &claim, Beside::default(), slug_taken);
        self.join(&workspace.id, owner, || Error::Raced);
    }

    /// Frees one slug and takes another for the same workspace.
    pub fn change_slug(&mut self, workspace: &WorkspaceId, from: &Slug, to: &Slug) {
        self.remove(&keys::slug(from));
        self.put_new(&keys::slug(to), &SlugTaken { workspace: workspace.clone() }, Beside::default(), slug_taken);
    }

    /// Makes a person a member; `already` says what it is when they are one.
    pub fn join(&mut self, workspace: &WorkspaceId, member: &Member, already: impl FnOnce() -> Error + Send + 'static) {
        self.put_new(&keys::member(workspace, &member.user), member, Beside::default(), already);
        self.put(&keys::joined(&member.user, workspace), &Joined { workspace: workspace.clone() }, Beside::default());
    }

    /// Ends a membership.
    pub fn leave(&mut self, workspace: &WorkspaceId, member: &Stored<Member>) {
        self.delete(member);
        self.remove(&keys::joined(&member.value.user, workspace));
    }

    /// A new invite.
    pub fn invite(&mut self, workspace: &WorkspaceId, invite: &Invite) {
        let beside = Beside::until(invite.expires_at);
        self.put_new(&keys::invite(workspace, &invite.id), invite, beside, || Error::Raced);
    }
}

fn slug_taken() -> Error {
    Error::Conflict {
        detail: "Another workspace has this address already; choose another one.".to_owned(),
        current: Some(Box::new(serde_json::json!({"field": "slug"}))),
    }
}
