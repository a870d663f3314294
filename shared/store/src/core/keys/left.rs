//! The keys of remains of deleted projects and workspaces.

#![allow(missing_docs, reason = "the table of keys says what each is")]

use super::key::{Key, Prefix, prefix, project_partition, task_partition, workspace_partition};
use super::parts::logged_days;
use super::people::{hearing, notifications};
use millrace_domain::id::{ProjectKey, TaskKey, UserId, WorkspaceId};

/// All partitions of a task.
pub fn left_of_task(workspace: &WorkspaceId, task: &TaskKey) -> [Prefix; 5] {
    let own = task_partition(workspace, task);
    ["#COMMENTS", "#FILES", "#UPLOADS", "#TIME", ""].map(|end| prefix(format!("{own}{end}"), ""))
}
/// All partitions of a project, those of its tasks and sprints aside.
pub fn left_of_project(workspace: &WorkspaceId, project: &ProjectKey) -> [Prefix; 7] {
    let own = project_partition(workspace, project);
    ["#EVENTS", "#ARCHIVE", "#LABELS", "#BLOCKS", "#LOCKS", "#COUNTED", ""].map(|end| prefix(format!("{own}{end}"), ""))
}
/// All partitions of a workspace, those of its projects and members aside.
pub fn left_of_workspace(workspace: &WorkspaceId) -> [Prefix; 7] {
    let own = workspace_partition(workspace);
    ["#EVENTS", "#WEEKS", "#MAILS", "#AUDIT", "#TEAMS", "#COUNTERS", ""].map(|end| prefix(format!("{own}{end}"), ""))
}
/// All partitions of a member.
pub fn left_of_member(workspace: &WorkspaceId, user: &UserId) -> [Prefix; 3] {
    [hearing(workspace, user), notifications(workspace, user), logged_days(workspace, user)]
}
/// Whether one of a workspace's counters counts in `project`.
pub fn is_counter_of(key: &Key, project: &ProjectKey) -> bool {
    key.sk.split_once('#').is_some_and(|(_, counted)| counted == project.as_str())
}
