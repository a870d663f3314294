//! Permanent deletion in steps: expired archived tasks, and the remains of deleted projects and workspaces.

use crate::{
    account::Joined,
    attachment::AttachmentRecord,
    core::{
        failure::failed,
        item::{Attributes, EVENT, Stored, key_of, text},
        keys::{self, Key, Prefix},
        scope::{Internal, Scope},
        table::{Table, Write, read_all},
        transaction::{Beside, Due, MOST_ITEMS, Transaction},
    },
    event::event_of,
    project::ProjectRecord,
    sprint::SprintRecord,
    task::TaskRecord,
    workspace::{Member, WorkspaceRecord},
};
use jiff::Timestamp;
use millrace_domain::{
    Result,
    event::Event,
    id::{AttachmentId, ProjectKey, TaskKey, UserId},
    task::{ARCHIVE_KEPT, each_once, transfer::TaskKeys},
};

/// How many items may still be removed before the rest has to wait for the next run.
#[derive(Debug)]
pub struct Allowance(usize);

impl Allowance {
    /// So many items.
    pub fn new(items: usize) -> Self {
        Self(items)
    }

    /// Whether there is none left.
    pub fn is_spent(&self) -> bool {
        self.0 == 0
    }
}

/// Where the bytes of files are: the table knows of them, and does not hold them.
pub trait Files: Sync {
    /// Removes the files of a task from there, those too that may never have arrived.
    ///
    /// # Errors
    /// [`Error::Internal`] where they cannot be removed.
    fn discard_files(
        &self,
        scope: &Scope<Internal>,
        task: &TaskKey,
        files: &[AttachmentId],
    ) -> impl Future<Output = Result<()>> + Send;
}

impl Table<Write> {
    /// Forgets a task that was archived for too long: its text, its comments, its files, its events, and at last its card.
    /// What people worked on it stays in their timesheets. Whether nothing is left; where that is not so, the next run goes
    /// on.
    ///
    /// # Errors
    /// As every write.
    pub async fn purge_task(
        &self,
        scope: &Scope<Internal>,
        task: &TaskKey,
        now: Timestamp,
        files: &impl Files,
        allowance: &mut Allowance,
    ) -> Result<bool> {
        let card = keys::archived_card(scope.workspace(), task);
        let stored: Option<Stored<TaskRecord>> = self.get(&card).await?;
        // The index lags behind, or somebody restored it and archived it anew.
        let Some(stored) = stored.filter(|stored| stored.value.fields.is_gone(now)) else { return Ok(true) };
        if !self.purge_parts(scope, &stored.value.fields.keys(), files, allowance).await? || allowance.is_spent() {
            return Ok(false);
        }
        allowance.0 -= 1;
        let mut change = Transaction::internal(scope);
        change.delete_version(&stored.key, stored.version);
        self.commit(change).await?;
        Ok(true)
    }

    /// Forgets all that a deleted project left but its own item, which keeps its key taken.
    ///
    /// # Errors
    /// As every write.
    pub async fn purge_project(
        &self,
        scope: &Scope<Internal>,
        project: &ProjectKey,
        files: &impl Files,
        allowance: &mut Allowance,
    ) -> Result<bool> {
        let key = keys::project(scope.workspace(), project);
        let stored: Option<Stored<ProjectRecord>> = self.get(&key).await?;
        let Some(stored) = stored.filter(|stored| stored.value.deleted_at.is_some()) else { return Ok(true) };
        if !self.purge_contents(scope, project, files, allowance).await? {
            return Ok(false);
        }
        let mut change = Transaction::internal(scope);
        change.update_quietly(&stored, &stored.value.clone(), Beside { due: Due::Never, ..Beside::default() });
        self.commit(change).await?;
        Ok(true)
    }

    /// Forgets all that a deleted workspace left but its own item, which keeps its slug taken.
    ///
    /// # Errors
    /// As every write.
    pub async fn purge_workspace(
        &self,
        scope: &Scope<Internal>,
        files: &impl Files,
        allowance: &mut Allowance,
    ) -> Result<bool> {
        let own = keys::workspace(scope.workspace());
        let stored: Option<Stored<WorkspaceRecord>> = self.get(&own).await?;
        let Some(stored) = stored.filter(|stored| stored.value.deleted_at.is_some()) else { return Ok(true) };
        let projects: Vec<Stored<ProjectRecord>> = read_all(&self.all(&keys::projects(scope.workspace())).await?)?;
        for project in &projects {
            if !self.purge_contents(scope, &project.value.key, files, allowance).await? {
                return Ok(false);
            }
        }
        let members: Vec<Stored<Member>> = read_all(&self.all(&keys::members(scope.workspace())).await?)?;
        let mut people: Vec<UserId> = members.into_iter().map(|member| member.value.user).collect();
        people.extend(self.former_members(scope).await?);
        for user in &each_once(people) {
            if !self.remove_runs(&keys::left_of_member(scope.workspace(), user), allowance).await? {
                return Ok(false);
            }
            let joined: Option<Stored<Joined>> = self.get(&keys::joined(user, scope.workspace())).await?;
            if let Some(joined) = joined {
                let mut change = Transaction::internal(scope);
                change.delete(&joined);
                self.commit(change).await?;
            }
        }
        for run in keys::left_of_workspace(scope.workspace()) {
            if !self.remove_run(&run, allowance, |key| *key == own).await? {
                return Ok(false);
            }
        }
        let mut change = Transaction::internal(scope);
        change.update_quietly(&stored, &stored.value.clone(), Beside { due: Due::Never, ..Beside::default() });
        self.commit(change).await?;
        Ok(true)
    }

    /// Those who left the workspace, as its own events tell: what they heard of and logged stands there still.
    async fn former_members(&self, scope: &Scope<Internal>) -> Result<Vec<UserId>> {
        let events = self.all(&keys::workspace_events(scope.workspace())).await?;
        let events = events.iter().filter(|item| item.contains_key(EVENT)).map(|item| event_of(text(item, EVENT)?));
        Ok(events.collect::<Result<Vec<_>>>()?.iter().filter_map(Event::leaver).cloned().collect())
    }

    /// A project's tasks and sprints with all that belongs to them, its boards, its labels, its counters and its events.
    async fn purge_contents(
        &self,
        scope: &Scope<Internal>,
        project: &ProjectKey,
        files: &impl Files,
        allowance: &mut Allowance,
    ) -> Result<bool> {
        let workspace = scope.workspace();
        for cards in [keys::cards(workspace, project), keys::archived_cards(workspace, project)] {
            let tasks: Vec<Stored<TaskRecord>> = read_all(&self.all(&cards).await?)?;
            for task in &tasks {
                if !self.purge_parts(scope, &task.value.fields.keys(), files, allowance).await? {
                    return Ok(false);
                }
            }
        }
        let sprints: Vec<Stored<SprintRecord>> = read_all(&self.all(&keys::sprints(workspace, project)).await?)?;
        let sprints: Vec<Prefix> =
            sprints.iter().map(|sprint| keys::sprint_contents(workspace, &sprint.value.id)).collect();
        let counts = |key: &Key| keys::is_counter_of(key, project);
        Ok(self.remove_runs(&sprints, allowance).await?
            && self.remove_run(&keys::counted_days(workspace), allowance, |key| !counts(key)).await?
            && self.remove_runs(&keys::left_of_project(workspace, project), allowance).await?)
    }

    /// A task's files, its events, and all else that belongs to it but its card, under each key that it had.
    async fn purge_parts(
        &self,
        scope: &Scope<Internal>,
        task: &TaskKeys,
        files: &impl Files,
        allowance: &mut Allowance,
    ) -> Result<bool> {
        let workspace = scope.workspace();
        // The newest last: it leads to the others until they are gone.
        for key in task.former.iter().chain([&task.key]) {
            if !self.purge_files(scope, key, files, allowance).await? {
                return Ok(false);
            }
            let events = self.all_of_index(&keys::task_history(workspace, key)).await?;
            let mut events: Vec<Key> = events.iter().map(key_of).collect::<Result<_>>()?;
            events.push(keys::locks(workspace, key));
            if !self.remove_keys(events, allowance).await?
                || !self.remove_runs(&keys::left_of_task(workspace, key), allowance).await?
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A task's files, which are counted into what the workspace stores, and uploads that never were.
    async fn purge_files(
        &self,
        scope: &Scope<Internal>,
        task: &TaskKey,
        files: &impl Files,
        allowance: &mut Allowance,
    ) -> Result<bool> {
        let workspace = scope.workspace();
        let attached: Vec<Stored<AttachmentRecord>> = read_all(&self.all(&keys::attachments(workspace, task)).await?)?;
        let begun = self.all_keys(&keys::uploads(workspace, task)).await?;
        let begun = begun.iter().filter_map(|key| key.sk.parse().ok());
        let ids: Vec<AttachmentId> = attached.iter().map(|file| file.value.fields.id.clone()).chain(begun).collect();
        files.discard_files(scope, task, &ids).await?;
        for file in &attached {
            if allowance.is_spent() {
                return Ok(false);
            }
            allowance.0 -= 1;
            let mut change = Transaction::internal(scope);
            change.detach(scope, file);
            self.commit(change).await?;
        }
        Ok(true)
    }

    async fn remove_runs(&self, runs: &[Prefix], allowance: &mut Allowance) -> Result<bool> {
        for run in runs {
            if !self.remove_run(run, allowance, |_| false).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Removes a run but for what is to stay; whether nothing else of it is left.
    async fn remove_run(&self, run: &Prefix, allowance: &mut Allowance, stays: impl Fn(&Key) -> bool) -> Result<bool> {
        let mut start: Option<Attributes> = None;
        loop {
            let query = self.query(run, start).projection_expression("pk, sk").limit(1_000);
            let answer = query.send().await.map_err(failed)?;
            let mut keys: Vec<Key> = answer.items().iter().map(key_of).collect::<Result<_>>()?;
            keys.retain(|key| !stays(key));
            if !self.remove_keys(keys, allowance).await? {
                return Ok(false);
            }
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(true);
            }
        }
    }

    async fn remove_keys(&self, mut keys: Vec<Key>, allowance: &mut Allowance) -> Result<bool> {
        let all = keys.len();
        keys.truncate(allowance.0);
        for chunk in keys.chunks(MOST_ITEMS) {
            let mut change = Transaction::outside_workspaces();
            chunk.iter().for_each(|key| change.remove(key));
            self.commit(change).await?;
            allowance.0 -= chunk.len();
        }
        Ok(keys.len() == all)
    }
}

impl Transaction {
    /// Deletes a project: what it leaves behind is forgotten once nobody can want it back.
    pub fn delete_project<S>(&mut self, scope: &Scope<S>, stored: &Stored<ProjectRecord>, deleted: &ProjectRecord) {
        let own = keys::project(scope.workspace(), &deleted.key);
        let at = deleted.deleted_at.unwrap_or(deleted.updated_at) + ARCHIVE_KEPT;
        let beside = Beside { due: Due::At(keys::due_purge(&own, at)), ..Beside::default() };
        self.update_beside(stored, deleted, beside);
    }

    /// Deletes a workspace: what it leaves behind is forgotten once nobody can want it back.
    pub fn delete_workspace(&mut self, stored: &Stored<WorkspaceRecord>, deleted: &WorkspaceRecord) {
        let own = keys::workspace(&deleted.id);
        let at = deleted.deleted_at.unwrap_or(deleted.updated_at) + ARCHIVE_KEPT;
        let beside = Beside { due: Due::At(keys::due_purge(&own, at)), ..Beside::default() };
        self.update_beside(stored, deleted, beside);
    }
}
