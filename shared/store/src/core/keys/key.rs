//! Keys and runs of keys, and what they are put together from.

use jiff::Timestamp;
use millrace_domain::id::{ProjectKey, TaskKey, UserId, WorkspaceId};

/// The name of the index.
pub const INDEX: &str = "gsi1";

/// The name of the index of what falls due: it holds keys alone, of the items that carry `gsi2pk` and `gsi2sk`.
pub const DUE_INDEX: &str = "gsi2";

/// Sorts behind every id that sorts by time.
pub const LAST_ID: &str = "~";

/// In how many items the sum of a workspace's files stands.
pub(super) const STORAGE_PARTS: u32 = 8;

/// Into how many partitions what falls due is spread, so that none of them is a hot one.
pub const DUE_SHARDS: u32 = 8;

/// An item's primary key, or its key in the index.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The partition.
    pub pk: String,
    /// The place in it.
    pub sk: String,
}

/// A run of items of one partition, by the beginning of their sort keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefix {
    /// The partition.
    pub pk: String,
    /// What each sort key begins with; empty for the whole partition.
    pub sk: String,
}

pub(super) fn key(pk: String, sk: impl Into<String>) -> Key {
    Key { pk, sk: sk.into() }
}

pub(super) fn prefix(pk: String, sk: impl Into<String>) -> Prefix {
    Prefix { pk, sk: sk.into() }
}

pub(super) fn workspace_partition(workspace: &WorkspaceId) -> String {
    format!("W#{workspace}")
}

pub(super) fn project_partition(workspace: &WorkspaceId, project: &ProjectKey) -> String {
    format!("W#{workspace}#P#{project}")
}

pub(super) fn task_partition(workspace: &WorkspaceId, task: &TaskKey) -> String {
    format!("W#{workspace}#T#{task}")
}

pub(super) fn user_partition(user: &UserId) -> String {
    format!("U#{user}")
}

/// The partition of what one person hears of, and how.
pub(super) fn hearing_partition(workspace: &WorkspaceId, user: &UserId) -> String {
    format!("W#{workspace}#U#{user}#HEARS")
}

/// A time that sorts as text as it does as a time.
pub fn sortable_time(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// Which of `shards` parts something belongs to that is called `name`.
pub(super) fn shard(name: &str, shards: u32) -> u32 {
    name.bytes().fold(0u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % shards
}

/// A number that sorts as text as it does as a number.
pub(super) fn sortable(number: u32) -> String {
    format!("{number:010}")
}

/// A moment in milliseconds that sorts as text as it does as a number. Before 1970 nothing happened here.
pub fn sortable_moment(at: Timestamp) -> String {
    format!("{:015}", at.as_millisecond().max(0))
}
