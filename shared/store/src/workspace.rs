//! Workspaces, their members and their invitations.

pub use crate::core::member::Member;
use crate::{
    account::{Account, Joined, SlugTaken},
    core::{
        cursor::Page,
        failure::failed,
        item::{Entity, Stored, key_attributes},
        keys,
        scope::{Scope, Verified},
        table::{Mode, Part, Table, read_all},
        transaction::{Beside, Transaction},
    },
};
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    event::{Actor, Event, EventData, payload::PersonEvent},
    id::{InviteId, ProjectKey, UserId, WorkspaceId},
    resource::{Person, Versioned},
    text::{Email, Name, Slug},
    workspace::role::{ProjectRole, WorkspaceRole},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A workspace.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkspaceRecord {
    /// The id.
    pub id: WorkspaceId,
    /// The short name used in URLs.
    pub slug: Slug,
    /// The name.
    pub name: Name,
    /// Where its logo is.
    pub logo_url: Option<String>,
    /// When it was created.
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

/// Where a picture of a person is shown: a path below the address that people open.
pub fn avatar_url(id: &str) -> String {
    format!("/avatars/{id}.webp")
}

impl Member {
    /// A person who comes into a workspace with `role`, by the name of their account.
    pub fn of(account: &Account, role: WorkspaceRole, now: Timestamp) -> Self {
        Self {
            user: account.id.clone(),
            name: account.name.clone(),
            email: account.email.clone(),
            role,
            projects: BTreeMap::new(),
            avatar: account.avatar.clone(),
            joined_at: now,
        }
    }

    /// The person, as events name who brought them about.
    pub fn actor(&self) -> Actor {
        Actor::user(self.user.clone(), self.name.to_string())
    }

    /// The person, as events show them: readers may be guests, who see no addresses.
    pub fn in_event(&self) -> PersonEvent {
        self.person(WorkspaceRole::Guest).into()
    }

    /// An event of a workspace that this person brings about.
    pub fn event(&self, workspace: &WorkspaceId, now: Timestamp, data: EventData) -> Event {
        Event::new(workspace.clone(), self.actor(), now, data)
    }

    /// The person, as someone with the role `viewer` sees them: guests see no addresses.
    pub fn person(&self, viewer: WorkspaceRole) -> Person {
        Person {
            id: self.user.clone(),
            name: self.name.clone(),
            email: (viewer > WorkspaceRole::Guest).then(|| self.email.to_string()),
            role: self.role,
            avatar_url: self.avatar.as_deref().map(avatar_url),
        }
    }
}

/// Addresses that a deployment may need for itself, or that pass for its own.
const RESERVED: &[&str] = &[
    "admin", "api", "app", "assets", "auth", "billing", "blog", "docs", "help", "live", "login", "mail", "static",
    "status", "support", "www",
];

impl WorkspaceRecord {
    /// Whether a workspace may have this slug.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `field` where the deployment keeps it.
    pub fn check_slug(slug: &Slug, field: &str) -> Result<()> {
        if RESERVED.contains(&slug.as_str()) {
            return Err(Error::field(field, "is kept for Millrace itself; choose another one"));
        }
        Ok(())
    }
}

/// A member, as the other people of the workspace see them.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WorkspaceMember {
    /// The person.
    #[serde(flatten)]
    pub person: Person,
    /// When they joined.
    pub joined_at: Timestamp,
    /// Incremented by each write.
    pub version: u64,
}

impl Versioned for WorkspaceMember {
    fn version(&self) -> u64 {
        self.version
    }
}

impl Stored<Member> {
    /// The member, as someone with the role `viewer` sees them.
    pub fn resource(&self, viewer: WorkspaceRole) -> WorkspaceMember {
        WorkspaceMember { person: self.value.person(viewer), joined_at: self.value.joined_at, version: self.version }
    }
}

/// An invitation. The mailed token holds the workspace, the invite and a secret, of which the hash is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Invite {
    /// The id.
    pub id: InviteId,
    /// The invited address.
    pub email: Email,
    /// The role in the workspace.
    pub role: WorkspaceRole,
    /// The roles in projects.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub projects: BTreeMap<ProjectKey, ProjectRole>,
    /// The hash of the token's secret.
    pub secret_hash: String,
    /// The person who sent the invitation.
    pub invited_by: UserId,
    /// The time.
    pub created_at: Timestamp,
    /// When it expires.
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

    /// A part of those members whose name or, if `by_address`, address holds `wanted`, whatever the case. Reads on
    /// until it is full.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a cursor that is not of this list.
    pub async fn members_like<S>(
        &self,
        scope: &Scope<S>,
        wanted: &str,
        by_address: bool,
        part: &Part,
    ) -> Result<Page<Stored<Member>>> {
        let run = keys::members(scope.workspace());
        let list = format!("{}/{}?{by_address}&{wanted}", run.pk, run.sk);
        let at = |sk: String| key_attributes(&keys::Key { pk: run.pk.clone(), sk });
        let mut start = part.start(&self.cursors, &list)?.map(at);
        let wanted = wanted.to_lowercase();
        let mut items: Vec<Stored<Member>> = Vec::new();
        loop {
            let answer = self.query(&run, start).consistent_read(true).send().await.map_err(failed)?;
            for member in answer.items().iter().map(Stored::<Member>::read) {
                let member = member?;
                let holds = |text: &str| text.to_lowercase().contains(&wanted);
                let Member { name, email, .. } = &member.value;
                let found = holds(name) || (by_address && holds(email.as_str()));
                if !found {
                    continue;
                }
                if items.len() == usize::from(part.limit) {
                    let next = items.last().map(|last| self.cursors.seal(&list, &last.key.sk)).transpose()?;
                    return Ok(Page { items, next });
                }
                items.push(member);
            }
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(Page { items, next: None });
            }
        }
    }

    /// Settles whether the caller may make `member` the role `to` (none: may remove them). Where that unmakes an owner, the
    /// write touches the workspace's own item, so that of two owners who are unmade at one moment one stays.
    ///
    /// # Errors
    /// [`Error::Forbidden`] where only an owner may do it, [`Error::Conflict`] for the last owner.
    pub async fn settle_role(
        &self,
        scope: &Scope<Verified>,
        transaction: &mut Transaction,
        member: &Member,
        to: Option<WorkspaceRole>,
        now: Timestamp,
    ) -> Result<()> {
        use WorkspaceRole::Owner;
        let concerns_owner = member.role == Owner || to == Some(Owner);
        scope.expect_admin_unless(to.is_none() && *scope.person() == member.user)?;
        if concerns_owner && scope.role() < Owner {
            return Err(Error::Forbidden("Only an owner may make or unmake owners.".to_owned()));
        }
        if member.role != Owner || to == Some(Owner) {
            return Ok(());
        }
        let (workspace, members) = futures::join!(self.workspace(scope), self.members(scope));
        let (workspace, members) = (workspace?, members?);
        if !members.iter().any(|other| other.value.role == Owner && other.value.user != member.user) {
            return Err(Error::conflict("A workspace needs an owner: make somebody else one first."));
        }
        transaction.update(&workspace, &WorkspaceRecord { updated_at: now, ..workspace.value.clone() }, None);
        Ok(())
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

    /// A write to a membership. Where it is the caller's own, the change itself checks that it is what was read: a
    /// transaction names an item once.
    pub fn to_member(scope: &Scope<Verified>, member: &Stored<Member>) -> Self {
        if member.key == scope.member().key { Self::outside_workspaces() } else { Self::by(scope) }
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

    /// A new invite, for an address that is `whose`.
    ///
    /// # Errors
    /// [`Error::Conflict`] for the caller's own, as the write itself gives it for that of another member.
    pub fn invite(&mut self, scope: &Scope<Verified>, invite: &Invite, whose: &UserId) -> Result<()> {
        let beside = Beside::until(invite.expires_at);
        self.put_new(&keys::invite(scope.workspace(), &invite.id), invite, beside, || Error::Raced);
        // A transaction names an item once, and the caller's own membership is checked by every one of theirs.
        if whose == scope.person() {
            return Err(already_member());
        }
        self.check_absent(&keys::member(scope.workspace(), whose), already_member);
        Ok(())
    }
}

fn already_member() -> Error {
    Error::Conflict {
        detail: "This person is a member already.".to_owned(),
        current: Some(Box::new(serde_json::json!({"field": "email"}))),
    }
}

fn slug_taken() -> Error {
    Error::Conflict {
        detail: "Another workspace has this address already; choose another one.".to_owned(),
        current: Some(Box::new(serde_json::json!({"field": "slug"}))),
    }
}
