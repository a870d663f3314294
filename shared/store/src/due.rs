//! What falls due, over all workspaces: for jobs, which must find it without looking at everything.

use crate::{
    failure::failed,
    item::{Attributes, key_of},
    keys::{self, DUE_INDEX, DUE_SHARDS, Key},
    scope::{Internal, Scope},
    table::{Read, Table},
};
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::civil::Date;
use millrace_domain::{
    Error, Result,
    id::{AttachmentId, ProjectKey, SprintId, TaskKey},
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

/// How many keys one call reads: with what they point to, it stays below what one BatchGetItem takes.
const KEYS_AT_ONCE: i32 = 100;

impl DueIndex {
    /// The index of `table`.
    pub fn new(table: Table<Read>) -> Self {
        Self(table)
    }

    /// The open tasks that are due on `date`, with the scope of the workspace that each stands in.
    ///
    /// # Errors
    /// As every read.
    pub async fn tasks(
        &self,
        date: Date,
        shard: u32,
        after: Option<DuePosition>,
    ) -> Result<DuePart<(Scope<Internal>, TaskKey)>> {
        let part = self.part(&keys::due_tasks(date, shard % DUE_SHARDS), after).await?;
        let items = part.items.iter().map(|key| {
            let (workspace, task) = keys::card_at(key).ok_or_else(|| not_understood(key))?;
            Ok((Scope::internal(workspace), task))
        });
        Ok(DuePart { items: items.collect::<Result<_>>()?, next: part.next })
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
        let part = self.part(&keys::due_sprints(shard % DUE_SHARDS), after).await?;
        let items = part.items.iter().map(|key| {
            let (workspace, sprint) = keys::sprint_at(key).ok_or_else(|| not_understood(key))?;
            Ok((Scope::internal(workspace), sprint))
        });
        Ok(DuePart { items: items.collect::<Result<_>>()?, next: part.next })
    }

    pub(crate) fn table(&self) -> &Table<Read> {
        &self.0
    }

    /// The uploads that were to be completed by `date`, in UTC, and were not: once that day is over they are orphans,
    /// and so is what may have arrived of them in the bucket.
    ///
    /// # Errors
    /// As every read.
    pub async fn orphaned_uploads(
        &self,
        date: Date,
        shard: u32,
        after: Option<DuePosition>,
    ) -> Result<DuePart<(Scope<Internal>, TaskKey, AttachmentId)>> {
        let part = self.part(&keys::due_uploads(date, shard % DUE_SHARDS), after).await?;
        let items = part.items.iter().map(|key| {
            let (workspace, task, attachment) = keys::upload_at(key).ok_or_else(|| not_understood(key))?;
            Ok((Scope::internal(workspace), task, attachment))
        });
        Ok(DuePart { items: items.collect::<Result<_>>()?, next: part.next })
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
        let part = self.part(&keys::counters_due(shard % DUE_SHARDS), after).await?;
        let items = part.items.iter().map(|key| {
            let (workspace, project) = keys::counters_at(key).ok_or_else(|| not_understood(key))?;
            Ok((Scope::internal(workspace), project))
        });
        Ok(DuePart { items: items.collect::<Result<_>>()?, next: part.next })
    }

    /// The primary keys of one partition, in the order of their places.
    pub(crate) async fn part(&self, partition: &str, after: Option<DuePosition>) -> Result<DuePart<Key>> {
        let table = &self.0;
        let answer = table
            .client
            .query()
            .table_name(&*table.name)
            .index_name(DUE_INDEX)
            .key_condition_expression("gsi2pk = :pk")
            .expression_attribute_values(":pk", AttributeValue::S(partition.to_owned()))
            .set_exclusive_start_key(after)
            .limit(KEYS_AT_ONCE)
            .send()
            .await
            .map_err(failed)?;
        let items = answer.items().iter().map(key_of).collect::<Result<_>>()?;
        Ok(DuePart { items, next: answer.last_evaluated_key })
    }
}

fn not_understood(key: &Key) -> Error {
    Error::internal(format!("what falls due at {} {} is nothing that is known", key.pk, key.sk))
}
