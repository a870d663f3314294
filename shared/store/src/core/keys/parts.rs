//! The keys of a task's parts and counters.

#![allow(missing_docs, reason = "the table of keys says what each is")]

use super::key::{
    DUE_SHARDS, Key, Prefix, key, prefix, project_partition, shard, sortable, sortable_time, task_partition,
};
use jiff::{Timestamp, civil::Date};
use millrace_domain::{
    id::{AttachmentId, CommentId, EventId, ImportId, ProjectKey, TaskKey, UserId, WorkspaceId},
    task::link::LinkId,
};

pub fn text(workspace: &WorkspaceId, task: &TaskKey) -> Key {
    key(task_partition(workspace, task), "TEXT")
}
pub fn transferred(workspace: &WorkspaceId, task: &TaskKey) -> Key {
    key(task_partition(workspace, task), "MOVED")
}
pub fn ties(workspace: &WorkspaceId, task: &TaskKey) -> Key {
    key(task_partition(workspace, task), "TIES")
}
pub fn attachment(workspace: &WorkspaceId, task: &TaskKey, attachment: &AttachmentId) -> Key {
    key(attachments(workspace, task).pk, attachment.to_string())
}
pub fn attachments(workspace: &WorkspaceId, task: &TaskKey) -> Prefix {
    prefix(format!("{}#FILES", task_partition(workspace, task)), "")
}
pub fn upload(workspace: &WorkspaceId, task: &TaskKey, attachment: &AttachmentId) -> Key {
    key(uploads(workspace, task).pk, attachment.to_string())
}
pub fn uploads(workspace: &WorkspaceId, task: &TaskKey) -> Prefix {
    prefix(format!("{}#UPLOADS", task_partition(workspace, task)), "")
}
pub fn due_upload(workspace: &WorkspaceId, task: &TaskKey, attachment: &AttachmentId, at: Timestamp) -> Key {
    let place = format!("{}#{}#{attachment}", sortable_time(at), task_partition(workspace, task));
    key(due_uploads(task.number() % DUE_SHARDS), place)
}
pub fn due_uploads(shard: u32) -> String {
    format!("DUE#UPLOAD#{shard}")
}
pub fn upload_at(key: &Key) -> Option<(WorkspaceId, (TaskKey, AttachmentId))> {
    let (workspace, task) = key.pk.strip_prefix("W#")?.strip_suffix("#UPLOADS")?.split_once("#T#")?;
    Some((workspace.parse().ok()?, (task.parse().ok()?, key.sk.parse().ok()?)))
}
pub fn comment(workspace: &WorkspaceId, task: &TaskKey, comment: &CommentId) -> Key {
    key(comments(workspace, task).pk, comment.to_string())
}
pub fn comments(workspace: &WorkspaceId, task: &TaskKey) -> Prefix {
    prefix(format!("{}#COMMENTS", task_partition(workspace, task)), "")
}
pub fn subtask(workspace: &WorkspaceId, parent: &TaskKey, part: &TaskKey) -> Key {
    key(task_partition(workspace, parent), format!("SUBTASK#{}", sortable(part.number())))
}
pub fn subtasks(workspace: &WorkspaceId, parent: &TaskKey) -> Prefix {
    prefix(task_partition(workspace, parent), "SUBTASK#")
}

pub fn link(workspace: &WorkspaceId, task: &TaskKey, link: &LinkId) -> Key {
    key(task_partition(workspace, task), format!("LINK#{link}"))
}
pub fn links(workspace: &WorkspaceId, task: &TaskKey) -> Prefix {
    prefix(task_partition(workspace, task), "LINK#")
}
pub fn blockers(workspace: &WorkspaceId, task: &TaskKey) -> Prefix {
    prefix(task_partition(workspace, task), "LINK#blocked_by.")
}
pub fn block_graph(workspace: &WorkspaceId, project: &ProjectKey) -> Key {
    key(format!("{}#BLOCKS", project_partition(workspace, project)), "BLOCKS")
}
pub fn custom_fields(workspace: &WorkspaceId, project: &ProjectKey) -> Key {
    key(project_partition(workspace, project), "FIELDS")
}
pub fn locks(workspace: &WorkspaceId, task: &TaskKey) -> Key {
    key(locks_in(workspace, task.project()).pk, sortable(task.number()))
}
pub fn locks_in(workspace: &WorkspaceId, project: &ProjectKey) -> Prefix {
    prefix(format!("{}#LOCKS", project_partition(workspace, project)), "")
}
pub fn time_log(workspace: &WorkspaceId, task: &TaskKey, log: EventId) -> Key {
    key(time_logs(workspace, task).pk, log.to_string())
}
pub fn time_logs(workspace: &WorkspaceId, task: &TaskKey) -> Prefix {
    prefix(format!("{}#TIME", task_partition(workspace, task)), "")
}
pub fn logged_days(workspace: &WorkspaceId, person: &UserId) -> Prefix {
    prefix(format!("W#{workspace}#U#{person}#TIME"), "")
}
pub fn logged_day(workspace: &WorkspaceId, person: &UserId, day: Date) -> Key {
    key(logged_days(workspace, person).pk, day.to_string())
}
pub fn timer(workspace: &WorkspaceId, person: &UserId) -> Key {
    key(logged_days(workspace, person).pk, "TIMER")
}
pub fn tracked(workspace: &WorkspaceId, person: &UserId, event: EventId) -> Key {
    key(logged_days(workspace, person).pk, format!("TRACKED#{event}"))
}
pub fn import(workspace: &WorkspaceId, import: &ImportId) -> Key {
    key(format!("{}#IMPORTS", project_partition(workspace, import.project())), import.to_string())
}
pub fn import_found(workspace: &WorkspaceId, import: &ImportId) -> Key {
    key(format!("{}#IMPORTS", project_partition(workspace, import.project())), format!("{import}#FOUND"))
}

pub fn counted_days(workspace: &WorkspaceId) -> Prefix {
    prefix(format!("W#{workspace}#COUNTERS"), "")
}
pub fn counted_day(workspace: &WorkspaceId, project: &ProjectKey, day: Date) -> Key {
    key(counted_days(workspace).pk, format!("{day}#{project}"))
}
pub fn counted_now(workspace: &WorkspaceId) -> Prefix {
    prefix(counted_days(workspace).pk, "NOW#")
}
pub fn counted_project(workspace: &WorkspaceId, project: &ProjectKey) -> Key {
    key(counted_days(workspace).pk, format!("NOW#{project}"))
}
pub fn drift(workspace: &WorkspaceId, project: &ProjectKey) -> Key {
    key(counted_days(workspace).pk, format!("DRIFT#{project}"))
}
pub fn drifts(workspace: &WorkspaceId) -> Prefix {
    prefix(counted_days(workspace).pk, "DRIFT#")
}
pub fn counted_event(workspace: &WorkspaceId, project: &ProjectKey, event: EventId) -> Key {
    key(format!("{}#COUNTED", project_partition(workspace, project)), event.to_string())
}
pub fn due_counters(workspace: &WorkspaceId, project: &ProjectKey) -> Key {
    key(counters_due(shard(project.as_str(), DUE_SHARDS)), project_partition(workspace, project))
}
pub fn counters_due(shard: u32) -> String {
    format!("DUE#COUNTERS#{shard}")
}
pub fn counters_at(key: &Key) -> Option<(WorkspaceId, ProjectKey)> {
    let workspace = key.pk.strip_prefix("W#")?.strip_suffix("#COUNTERS")?;
    Some((workspace.parse().ok()?, key.sk.strip_prefix("NOW#")?.parse().ok()?))
}
