//! Verification: a scope of whom a token names is good once their roles were read and cover what is needed.

use crate::{
    core::{
        item::Stored,
        keys,
        member::Member,
        scope::{Pending, Scope, Verified},
        table::{Mode, Table},
    },
    idempotency::{self, Answered},
    project::ProjectRecord,
    transfer::KeysRecord,
    workspace::WorkspaceRecord,
};
use millrace_domain::{Error, Result, id::TaskKey, workspace::role::Need};

impl<M: Mode> Table<M> {
    /// Looks up the caller's roles, the keys of the task that is called by `task`, and the answer to an idempotency key
    /// where one was sent, in one round trip.
    ///
    /// # Errors
    /// [`Error::Forbidden`] where the roles do not cover the need, [`Error::NotFound`] where the caller may not know
    /// that the project exists, [`Error::Transferred`] where the task has other keys than the scope knows, [`Error::Replayed`]
    /// where the key was answered before.
    pub async fn verify(
        &self,
        pending: Scope<Pending>,
        need: Need,
        task: Option<&TaskKey>,
        idempotency: Option<&idempotency::Key>,
    ) -> Result<Scope<Verified>> {
        let (workspace, project) = (pending.workspace(), pending.project());
        let member_key = keys::member(workspace, pending.claimed()?);
        let project_key = project.map(|project| keys::project(workspace, project));
        let workspace_key = keys::workspace(workspace);
        let mut wanted = vec![member_key.clone(), workspace_key.clone()];
        wanted.extend(project_key.clone());
        let moved_key = task.map(|task| keys::transferred(workspace, task));
        wanted.extend(moved_key.clone());
        wanted.extend(idempotency.map(idempotency::Key::item_key));
        let found = self.batch(wanted).await?;
        let member: Stored<Member> = found
            .get(&member_key)?
            .ok_or_else(|| Error::Forbidden("You are not a member of this workspace any more.".to_owned()))?;
        // A deleted workspace keeps its members' items, of which there may be thousands: its own item tells.
        let exists =
            found.get::<WorkspaceRecord>(&workspace_key)?.is_some_and(|record| record.value.deleted_at.is_none());
        if !exists {
            return Err(Error::Forbidden("This workspace was deleted.".to_owned()));
        }
        // The project that the task is in now is the one that counts.
        if let Some(key) = &moved_key
            && let Some(found) = found.get::<KeysRecord>(key)?.map(|found| found.value.keys)
            && !pending.knows(&found)
        {
            return Err(Error::Transferred(Box::new(found)));
        }
        let mut project_role = None;
        if let (Some(project), Some(key)) = (project, &project_key) {
            let alive = found.get::<ProjectRecord>(key)?.is_some_and(|record| record.value.deleted_at.is_none());
            let role = member.value.role_in(project).filter(|_| alive);
            project_role = Some(role.ok_or_else(|| Error::not_found("project"))?);
        }
        let enough = match need {
            Need::Public | Need::User => true,
            Need::Workspace(role) => member.value.role >= role,
            Need::Project(role) => project_role.is_none_or(|held| held.covers(role)),
        };
        if !enough {
            return Err(Error::Forbidden(format!("This needs the role {need}.")));
        }
        if let Some(key) = idempotency
            && let Some(answered) = found.get::<Answered>(&key.item_key())?
        {
            return Err(answered.value.replay(key));
        }
        Ok(pending.verified(member, project_role))
    }
}
