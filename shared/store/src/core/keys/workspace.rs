//! The keys of a workspace and of what belongs to all of it.

#![allow(missing_docs, reason = "the table of keys says what each is")]

use super::key::{Key, Prefix, STORAGE_PARTS, key, prefix, shard, workspace_partition};
use millrace_domain::{
    id::{EventId, InviteId, ProjectKey, TeamId, UserId, WorkspaceId},
    text::Name,
};

pub fn workspace(workspace: &WorkspaceId) -> Key {
    key(workspace_partition(workspace), "WORKSPACE")
}
pub fn member(workspace: &WorkspaceId, user: &UserId) -> Key {
    key(workspace_partition(workspace), format!("MEMBER#{user}"))
}
pub fn members(workspace: &WorkspaceId) -> Prefix {
    prefix(workspace_partition(workspace), "MEMBER#")
}
pub fn project(workspace: &WorkspaceId, project: &ProjectKey) -> Key {
    key(workspace_partition(workspace), format!("PROJECT#{project}"))
}
pub fn projects(workspace: &WorkspaceId) -> Prefix {
    prefix(workspace_partition(workspace), "PROJECT#")
}
pub fn invite(workspace: &WorkspaceId, invite: &InviteId) -> Key {
    key(workspace_partition(workspace), format!("INVITE#{invite}"))
}
pub fn invites(workspace: &WorkspaceId) -> Prefix {
    prefix(workspace_partition(workspace), "INVITE#")
}
pub fn flags(workspace: &WorkspaceId) -> Key {
    key(workspace_partition(workspace), "FLAGS")
}
pub fn storage(workspace: &WorkspaceId) -> Prefix {
    prefix(workspace_partition(workspace), "STORAGE#")
}
pub fn storage_shard(workspace: &WorkspaceId, file: &str) -> Key {
    key(workspace_partition(workspace), format!("STORAGE#{}", shard(file, STORAGE_PARTS)))
}
pub fn socket_in(workspace: &WorkspaceId, connection: &str) -> Key {
    key(sockets_in(workspace).pk, connection)
}
pub fn sockets_in(workspace: &WorkspaceId) -> Prefix {
    prefix(format!("W#{workspace}#SOCKETS"), "")
}
pub fn audit(workspace: &WorkspaceId, event: EventId) -> Key {
    key(audit_trail(workspace).pk, event.to_string())
}
pub fn audit_trail(workspace: &WorkspaceId) -> Prefix {
    prefix(format!("W#{workspace}#AUDIT"), "")
}
pub fn calendar(workspace: &WorkspaceId) -> Key {
    key(workspace_partition(workspace), "CALENDAR")
}
pub fn team(workspace: &WorkspaceId, team: &TeamId) -> Key {
    key(workspace_partition(workspace), format!("TEAM#{team}"))
}
pub fn teams(workspace: &WorkspaceId) -> Prefix {
    prefix(workspace_partition(workspace), "TEAM#")
}
pub fn team_name(workspace: &WorkspaceId, name: &Name) -> Key {
    key(format!("W#{workspace}#TEAMS"), name.to_lowercase())
}
pub fn workspace_event(workspace: &WorkspaceId, event: EventId) -> Key {
    key(workspace_events(workspace).pk, event.to_string())
}
pub fn workspace_events(workspace: &WorkspaceId) -> Prefix {
    prefix(format!("W#{workspace}#EVENTS"), "")
}
