//! The workspaces that a person is in.

use crate::{
    account::{Joined, SlugTaken},
    core::{
        item::Stored,
        keys,
        member::Member,
        table::{Mode, Table, read_all},
    },
    workspace::WorkspaceRecord,
};
use millrace_domain::{
    Error, Result,
    id::{UserId, WorkspaceId},
    text::Slug,
};

/// A workspace that a person is a member of.
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    /// The workspace.
    pub workspace: Stored<WorkspaceRecord>,
    /// The person in it.
    pub member: Stored<Member>,
}

impl<M: Mode> Table<M> {
    /// The workspaces that a person is in, by name: two round trips, since the first says which to read.
    ///
    /// # Errors
    /// As every read.
    pub async fn memberships(&self, user: &UserId) -> Result<Vec<Membership>> {
        let joined: Vec<Stored<Joined>> = read_all(&self.all(&keys::all_joined(user)).await?)?;
        let workspaces: Vec<WorkspaceId> = joined.into_iter().map(|joined| joined.value.workspace).collect();
        self.memberships_in(user, &workspaces).await
    }

    /// Those of `workspaces` that a person is in, by name, in one round trip.
    ///
    /// # Errors
    /// As every read.
    pub async fn memberships_in(&self, user: &UserId, workspaces: &[WorkspaceId]) -> Result<Vec<Membership>> {
        if workspaces.is_empty() {
            return Ok(Vec::new());
        }
        let wanted =
            workspaces.iter().flat_map(|workspace| [keys::workspace(workspace), keys::member(workspace, user)]);
        let found = self.batch(wanted.collect()).await?;
        let mut memberships = Vec::with_capacity(workspaces.len());
        for workspace in workspaces {
            let record: Option<Stored<WorkspaceRecord>> = found.get(&keys::workspace(workspace))?;
            let member = found.get(&keys::member(workspace, user))?;
            if let (Some(workspace), Some(member)) = (record, member)
                && workspace.value.deleted_at.is_none()
            {
                memberships.push(Membership { workspace, member });
            }
        }
        memberships.sort_by(|one, other| one.workspace.value.name.cmp(&other.workspace.value.name));
        Ok(memberships)
    }

    /// A person in one workspace, if they are.
    ///
    /// # Errors
    /// As every read.
    pub async fn membership(&self, user: &UserId, workspace: &WorkspaceId) -> Result<Option<Membership>> {
        let (record, member) = (keys::workspace(workspace), keys::member(workspace, user));
        let found = self.batch(vec![record.clone(), member.clone()]).await?;
        let both = found.get::<WorkspaceRecord>(&record)?.zip(found.get::<Member>(&member)?);
        Ok(both
            .filter(|(workspace, _)| workspace.value.deleted_at.is_none())
            .map(|(workspace, member)| Membership { workspace, member }))
    }

    /// The public face of the workspace with a slug: two round trips.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn workspace_by_slug(&self, slug: &Slug) -> Result<Stored<WorkspaceRecord>> {
        let missing = || Error::not_found("workspace");
        let taken: Stored<SlugTaken> = self.get(&keys::slug(slug)).await?.ok_or_else(missing)?;
        let found: Option<Stored<WorkspaceRecord>> = self.get(&keys::workspace(&taken.value.workspace)).await?;
        found.filter(|workspace| workspace.value.deleted_at.is_none()).ok_or_else(missing)
    }
}
