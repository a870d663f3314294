//! The keys of due entries, and parsing them.

#![allow(missing_docs, reason = "the table of keys says what each is")]

use super::key::{DUE_SHARDS, Key, key, shard, sortable_time};
use jiff::{Timestamp, civil::Date};
use millrace_domain::id::{ProjectKey, TaskKey, UserId, WorkspaceId};

pub fn due_digest(workspace: &WorkspaceId, user: &UserId, at: Timestamp) -> Key {
    key(due_digests(shard(user.as_str(), DUE_SHARDS)), format!("{}#W#{workspace}#U#{user}", sortable_time(at)))
}
pub fn due_digests(shard: u32) -> String {
    format!("DUE#DIGEST#{shard}")
}
pub fn inbox_at(key: &Key) -> Option<(WorkspaceId, UserId)> {
    let (workspace, user) = key.pk.strip_prefix("W#")?.strip_suffix("#HEARS")?.split_once("#U#")?;
    Some((workspace.parse().ok()?, user.parse().ok()?))
}
pub fn week(workspace: &WorkspaceId, monday: Date) -> Key {
    key(format!("W#{workspace}#WEEKS"), monday.to_string())
}
pub fn due_week(workspace: &WorkspaceId, at: Timestamp) -> Key {
    key(due_weeks(shard(workspace.as_str(), DUE_SHARDS)), format!("{}#W#{workspace}", sortable_time(at)))
}
pub fn due_weeks(shard: u32) -> String {
    format!("DUE#WEEK#{shard}")
}
pub fn week_at(key: &Key) -> Option<(WorkspaceId, Date)> {
    let workspace = key.pk.strip_prefix("W#")?.strip_suffix("#WEEKS")?;
    Some((workspace.parse().ok()?, key.sk.parse().ok()?))
}
pub fn due_purge(own: &Key, at: Timestamp) -> Key {
    key(due_purges(shard(&own.sk, DUE_SHARDS)), format!("{}#{}#{}", sortable_time(at), own.pk, own.sk))
}
pub fn due_purges(shard: u32) -> String {
    format!("DUE#PURGE#{shard}")
}
pub fn archived_at(key: &Key) -> Option<(WorkspaceId, TaskKey)> {
    let (workspace, project) = key.pk.strip_prefix("W#")?.strip_suffix("#ARCHIVE")?.split_once("#P#")?;
    let number = key.sk.strip_prefix("CARD#")?.parse().ok()?;
    Some((workspace.parse().ok()?, TaskKey::new(&project.parse().ok()?, number)))
}
pub fn project_at(key: &Key) -> Option<(WorkspaceId, ProjectKey)> {
    Some((key.pk.strip_prefix("W#")?.parse().ok()?, key.sk.strip_prefix("PROJECT#")?.parse().ok()?))
}
pub fn workspace_at(key: &Key) -> Option<WorkspaceId> {
    key.pk.strip_prefix("W#").filter(|_| key.sk == "WORKSPACE")?.parse().ok()
}
/// Up to where in a partition that is ordered by time things are due by `now`.
pub fn due_at(now: Timestamp) -> String {
    // `$` sorts directly behind `#`: what falls due at this very moment is due.
    format!("{}$", sortable_time(now))
}
/// Up to where in a partition that is ordered by day things are due on `day`.
pub fn due_on(day: Date) -> String {
    format!("{day}$")
}
