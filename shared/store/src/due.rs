//! Due entries over all workspaces, which jobs find without a scan.

use crate::core::{
    failure::failed,
    item::{Attributes, key_of},
    keys::{self, DUE_INDEX, DUE_SHARDS, Key},
    scope::{Internal, Scope},
    table::{Read, Table},
};
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{Timestamp, civil::Date};
use millrace_domain::{
    Error, Result,
    id::{AttachmentId, MailId, ProjectKey, SprintId, TaskKey, UserId, WorkspaceId},
};

/// The index of what falls due. It tells where things stand and nothing of what they hold; a scope for the workspace
/// comes with each. The index may lag behind by a moment.
#[derive(Clone)]
pub struct DueIndex(Table<Read>);

/// Where to go on in a partition of the index.
pub type DuePosition = Attributes;

/// One part of what falls due.
#[derive(Debug, Clone)]
pub struct DuePart<T> {
    /// What falls due.
    pub items: Vec<T>,
    /// Where to go on; none at the end.
    pub next: Option<DuePosition>,
}

/// A walk over every partition of one kind of what falls due, part by part.
#[derive(Debug, Default)]
pub struct DueWalk {
    shard: u32,
    after: Option<DuePosition>,
}

impl DueWalk {
    /// What the next part points to, as `read` reads it from a partition and a position; none at the end.
    ///
    /// # Errors
    /// As `read`.
    pub async fn next<T, F: Future<Output = Result<DuePart<T>>>>(
        &mut self,
        read: impl FnOnce(u32, Option<DuePosition>) -> F,
    ) -> Result<Option<Vec<T>>> {
        if self.shard == DUE_SHARDS {
            return Ok(None);
        }
        let part = read(self.shard, self.after.take()).await?;
        self.shard += u32::from(part.next.is_none());
        self.after = part.next;
        Ok(Some(part.items))
    }
}

/// How many keys one call reads: with what they point to, it stays below what one BatchGetItem takes.
const KEYS_AT_ONCE: i32 = 100;

impl DueIndex {
    /// The index of `table`.
    pub fn new(table: Table<Read>) -> Self {
        Self(table)
    }

    /// The open tasks of which people are to be reminded by `day`, with the scope of the workspace that each stands in.
    ///
    /// # Errors
    /// As every read.
    pub async fn reminders(
        &self,
        day: Date,
        shard: u32,
        after: Option<DuePosition>,
    ) -> Result<DuePart<(Scope<Internal>, TaskKey)>> {
        let part = self.part_before(&keys::due_reminders(shard % DUE_SHARDS), keys::due_on(day), after).await?;
        scoped(part, keys::card_at)
    }

    /// The open tasks that are to be marked as overdue by `day`, or told of once more.
    ///
    /// # Errors
    /// As every read.
    pub async fn overdue(
        &self,
        day: Date,
        shard: u32,
        after: Option<DuePosition>,
    ) -> Result<DuePart<(Scope<Internal>, TaskKey)>> {
        let part = self.part_before(&keys::overdue(shard % DUE_SHARDS), keys::due_on(day), after).await?;
        scoped(part, keys::card_at)
    }

    /// The inboxes whose daily summary is due by `now`.
    ///
    /// # Errors
    /// As every read.
    pub async fn digests(
        &self,
        now: Timestamp,
        shard: u32,
        after: Option<DuePosition>,
    ) -> Result<DuePart<(Scope<Internal>, UserId)>> {
        scoped(
            self.part_before(&keys::due_digests(shard % DUE_SHARDS), keys::due_at(now), after).await?,
            keys::inbox_at,
        )
    }

    /// The weeks that are over by `now` and in which something happened, by their Mondays.
    ///
    /// # Errors
    /// As every read.
    pub async fn weeks(
        &self,
        now: Timestamp,
        shard: u32,
        after: Option<DuePosition>,
    ) -> Result<DuePart<(Scope<Internal>, Date)>> {
        scoped(self.part_before(&keys::due_weeks(shard % DUE_SHARDS), keys::due_at(now), after).await?, keys::week_at)
    }

    /// The mails that waited until quiet hours end, which they did by `now`.
    ///
    /// # Errors
    /// As every read.
    pub async fn mails(
        &self,
        now: Timestamp,
        shard: u32,
        after: Option<DuePosition>,
    ) -> Result<DuePart<(Scope<Internal>, MailId)>> {
        scoped(self.part_before(&keys::due_mails(shard % DUE_SHARDS), keys::due_at(now), after).await?, keys::mail_at)
    }

    /// What is to be forgotten for good by `now`.
    ///
    /// # Errors
    /// As every read.
    pub async fn purges(
        &self,
        now: Timestamp,
        shard: u32,
        after: Option<DuePosition>,
    ) -> Result<DuePart<(Scope<Internal>, Purge)>> {
        let purge = |key: &Key| {
            let task = || keys::archived_at(key).map(|(workspace, task)| (workspace, Purge::Task(task)));
            let project = || keys::project_at(key).map(|(workspace, project)| (workspace, Purge::Project(project)));
            let workspace = || keys::workspace_at(key).map(|workspace| (workspace, Purge::Workspace));
            task().or_else(project).or_else(workspace)
        };
        scoped(self.part_before(&keys::due_purges(shard % DUE_SHARDS), keys::due_at(now), after).await?, purge)
    }

    /// The sprints that run, or whose tasks are still being moved out, with the scope of the workspace of each.
    ///
    /// # Errors
    /// As every read.
    pub async fn sprints(
        &self,
        shard: u32,
        after: Option<DuePosition>,
    ) -> Result<DuePart<(Scope<Internal>, SprintId)>> {
        scoped(self.part(&keys::due_sprints(shard % DUE_SHARDS), after).await?, keys::sprint_at)
    }

    pub(crate) fn table(&self) -> &Table<Read> {
        &self.0
    }

    /// The uploads that were to be completed by `now` and were not: orphans, and so is what may have arrived of them in
    /// the bucket.
    ///
    /// # Errors
    /// As every read.
    pub async fn orphaned_uploads(
        &self,
        now: Timestamp,
        shard: u32,
        after: Option<DuePosition>,
    ) -> Result<DuePart<(Scope<Internal>, (TaskKey, AttachmentId))>> {
        let part = self.part_before(&keys::due_uploads(shard % DUE_SHARDS), keys::due_at(now), after).await?;
        scoped(part, keys::upload_at)
    }

    /// The projects that anything was counted in, with the scope of the workspace that each stands in.
    ///
    /// # Errors
    /// As every read.
    pub async fn counters(
        &self,
        shard: u32,
        after: Option<DuePosition>,
    ) -> Result<DuePart<(Scope<Internal>, ProjectKey)>> {
        scoped(self.part(&keys::counters_due(shard % DUE_SHARDS), after).await?, keys::counters_at)
    }

    /// The primary keys of one partition, in the order of their places.
    pub(crate) async fn part(&self, partition: &str, after: Option<DuePosition>) -> Result<DuePart<Key>> {
        self.query(partition, None, after).await
    }

    /// As [`DueIndex::part`], for places that begin with a time or a day: those before `end`.
    async fn part_before(&self, partition: &str, end: String, after: Option<DuePosition>) -> Result<DuePart<Key>> {
        self.query(partition, Some(end), after).await
    }

    async fn query(&self, partition: &str, before: Option<String>, after: Option<DuePosition>) -> Result<DuePart<Key>> {
        let table = &self.0;
        let condition = if before.is_some() { "gsi2pk = :pk AND gsi2sk < :before" } else { "gsi2pk = :pk" };
        let mut query = table
            .client
            .query()
            .table_name(&*table.name)
            .index_name(DUE_INDEX)
            .key_condition_expression(condition)
            .expression_attribute_values(":pk", AttributeValue::S(partition.to_owned()))
            .set_exclusive_start_key(after)
            .limit(KEYS_AT_ONCE);
        if let Some(before) = before {
            query = query.expression_attribute_values(":before", AttributeValue::S(before));
        }
        let answer = query.send().await.map_err(failed)?;
        let items = answer.items().iter().map(key_of).collect::<Result<_>>()?;
        Ok(DuePart { items, next: answer.last_evaluated_key })
    }
}

/// What is to be forgotten for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purge {
    /// A task that was archived for too long.
    Task(TaskKey),
    /// A project that was deleted.
    Project(ProjectKey),
    /// A workspace that was deleted.
    Workspace,
}

/// What a part points to, each with the scope of its workspace.
fn scoped<T>(
    part: DuePart<Key>,
    read: impl Fn(&Key) -> Option<(WorkspaceId, T)>,
) -> Result<DuePart<(Scope<Internal>, T)>> {
    let items = part.items.iter().map(|key| {
        let (workspace, item) = read(key).ok_or_else(|| not_understood(key))?;
        Ok((Scope::stored(workspace), item))
    });
    Ok(DuePart { items: items.collect::<Result<_>>()?, next: part.next })
}

fn not_understood(key: &Key) -> Error {
    Error::internal(format!("what falls due at {} {} is nothing that is known", key.pk, key.sk))
}
