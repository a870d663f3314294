//! What happened. An event is written with the change that it tells of, and is its history, its feed and its audit.

pub mod audit;

use crate::{
    id::{BoardId, EventId, ProjectKey, TaskKey, UserId, WorkspaceId},
    task::Status,
};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The kinds of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs, reason = "each name says what happened")]
pub enum EventType {
    #[serde(rename = "workspace.updated")]
    WorkspaceUpdated,
    #[serde(rename = "project.created")]
    ProjectCreated,
    #[serde(rename = "project.updated")]
    ProjectUpdated,
    #[serde(rename = "project.user_added")]
    ProjectUserAdded,
    #[serde(rename = "board.updated")]
    BoardUpdated,
    #[serde(rename = "column.added")]
    ColumnAdded,
    #[serde(rename = "column.updated")]
    ColumnUpdated,
    #[serde(rename = "column.moved")]
    ColumnMoved,
    #[serde(rename = "column.removed")]
    ColumnRemoved,
    #[serde(rename = "task.created")]
    TaskCreated,
    #[serde(rename = "task.updated")]
    TaskUpdated,
    #[serde(rename = "task.moved")]
    TaskMoved,
    #[serde(rename = "task.assigned")]
    TaskAssigned,
    #[serde(rename = "task.status_changed")]
    TaskStatusChanged,
    #[serde(rename = "task.archived")]
    TaskArchived,
    #[serde(rename = "task.restored")]
    TaskRestored,
    #[serde(rename = "task.deleted")]
    TaskDeleted,
    #[serde(rename = "comment.added")]
    CommentAdded,
    #[serde(rename = "comment.updated")]
    CommentUpdated,
    #[serde(rename = "comment.removed")]
    CommentRemoved,
    #[serde(rename = "reaction.added")]
    ReactionAdded,
    #[serde(rename = "reaction.removed")]
    ReactionRemoved,
    #[serde(rename = "attachment.added")]
    AttachmentAdded,
    #[serde(rename = "attachment.removed")]
    AttachmentRemoved,
    #[serde(rename = "sprint.started")]
    SprintStarted,
    #[serde(rename = "sprint.closed")]
    SprintClosed,
    #[serde(rename = "sprint.updated")]
    SprintUpdated,
    #[serde(rename = "time.logged")]
    TimeLogged,
    #[serde(rename = "work.finished")]
    WorkFinished,
    #[serde(rename = "user.created")]
    UserCreated,
    #[serde(rename = "user.updated")]
    UserUpdated,
    #[serde(rename = "user.permission_changed")]
    UserPermissionChanged,
}

/// What kind of thing acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A person.
    User,
    /// An automation rule.
    Rule,
    /// Another system, through an integration.
    Integration,
    /// Millrace itself.
    System,
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// The person; null where no person acted.
    pub id: Option<UserId>,
    /// The name to show.
    pub name: String,
    /// What kind of thing acted.
    pub kind: ActorKind,
}

impl Actor {
    /// Millrace itself.
    pub fn system() -> Self {
        Self { id: None, name: "Millrace".to_owned(), kind: ActorKind::System }
    }
}

/// One field that changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FieldChange {
    /// The field's name.
    pub field: String,
    /// Its value before; null where it had none.
    pub from: Value,
    /// Its value after; null where it has none.
    pub to: Value,
}

/// Something that happened, the same in the feed, the history, on the socket and in a webhook.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// Ids sort by time.
    pub id: EventId,
    /// What kind of thing happened.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// The workspace that it happened in.
    pub workspace: WorkspaceId,
    /// The project, where it happened in one.
    pub project: Option<ProjectKey>,
    /// The board; null for what concerns a whole project, which all of its boards hear.
    pub board_id: Option<BoardId>,
    /// The task, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskKey>,
    /// What the events of one request share, where it made several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<EventId>,
    /// Who did it.
    pub actor: Actor,
    /// When.
    pub at: Timestamp,
    /// The fields that changed.
    pub changes: Vec<FieldChange>,
    /// What came of it: `card` for a task, `column` for a column, `board` for a board.
    pub data: Value,
}

impl Event {
    /// An event about nothing yet: whoever tells it says of what.
    pub fn new(kind: EventType, workspace: WorkspaceId, actor: Actor, at: Timestamp) -> Self {
        Self {
            id: EventId::at(at),
            kind,
            workspace,
            project: None,
            board_id: None,
            task: None,
            batch: None,
            actor,
            at,
            changes: Vec::new(),
            data: Value::Null,
        }
    }

    /// From which status to which the event took its task; none where it stayed what it was.
    pub fn status_step(&self) -> Option<(Status, Status)> {
        let change = self.changes.iter().find(|change| change.field == "status")?;
        let status = |value: &Value| Status::deserialize(value).ok();
        Some((status(&change.from)?, status(&change.to)?))
    }

    /// Whether work on a task began or ended with the event.
    pub fn begins_or_ends_work(&self) -> bool {
        self.status_step().is_some_and(|(from, to)| (from == Status::InProgress) != (to == Status::InProgress))
    }

    /// Who left the workspace, where the event tells of that.
    pub fn leaver(&self) -> Option<UserId> {
        let ends = |change: &FieldChange| change.field == "role" && change.to.is_null();
        let left = self.kind == EventType::UserPermissionChanged && self.changes.iter().any(ends);
        if left { self.data.get("person")?.get("id")?.as_str()?.parse().ok() } else { None }
    }

    /// The task of which a part was done, where the event tells of that.
    pub fn ends_part_of(&self) -> Option<TaskKey> {
        self.status_step().filter(|(_, to)| *to == Status::Done)?;
        self.data.get("card")?.get("parent")?.as_str()?.parse().ok()
    }
}

/// The fields in which two states of one thing differ, in the order of their names.
///
/// Both are taken as JSON objects; `version`, `updated_at` and the like, named in `except`, are left out.
pub fn changes(before: &Value, after: &Value, except: &[&str]) -> Vec<FieldChange> {
    let empty = serde_json::Map::new();
    let (before, after) = (before.as_object().unwrap_or(&empty), after.as_object().unwrap_or(&empty));
    let mut fields: Vec<&String> = before.keys().chain(after.keys()).collect();
    fields.sort();
    fields.dedup();
    fields
        .into_iter()
        .filter(|field| !except.contains(&field.as_str()))
        .filter_map(|field| {
            let from = before.get(field).cloned().unwrap_or(Value::Null);
            let to = after.get(field).cloned().unwrap_or(Value::Null);
            (from != to).then(|| FieldChange { field: field.clone(), from, to })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_differs_is_a_change() {
        let changes = changes(
            &json!({"a": 1, "b": 2, "version": 1}),
            &json!({"a": 1, "b": 3, "c": [], "version": 2}),
            &["version"],
        );
        let fields: Vec<_> = changes.iter().map(|change| change.field.as_str()).collect();
        assert_eq!(fields, ["b", "c"]);
        assert_eq!((&changes[0].from, &changes[1].from), (&json!(2), &Value::Null));
    }
}
