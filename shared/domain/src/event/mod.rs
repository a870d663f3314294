//! Events: what happened. An event is written in the same transaction as the change that it tells of. It is the history,
//! the feed, the audit trail and what consumers are fed with.

mod actor;
pub mod audit;
mod changes;
mod data;
#[cfg(test)]
pub(crate) mod examples;
pub mod payload;

pub use actor::{Actor, ActorKind};
pub use changes::{Changes, Compared, FieldChange};
pub use data::{EventData, EventType, OtherData};

use crate::{
    id::{BoardId, EventId, ProjectKey, TaskKey, UserId, WorkspaceId},
    task::Status,
};
use jiff::Timestamp;
use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};

/// Something that happened. It has the same form in the feed, in the history, on the socket and in the audit trail.
///
/// `type` says what kind of thing happened, and which fields `data` has. Kinds may be added: pass over one that you do
/// not know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(transform = one_kind)]
pub struct Event {
    /// The event's id. Ids sort by time.
    pub id: EventId,
    /// The workspace that it happened in.
    pub workspace: WorkspaceId,
    /// The project; null for what concerns the workspace.
    pub project: Option<ProjectKey>,
    /// The board; null for what concerns a whole project: all of its boards get it.
    pub board_id: Option<BoardId>,
    /// The task; left out where the event is about none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskKey>,
    /// An id that the events of one request share; left out where the request made one event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<EventId>,
    /// Who brought it about.
    pub actor: Actor,
    /// When it happened.
    pub at: Timestamp,
    /// The fields that changed.
    pub changes: Changes,
    /// The kind of event, and what it tells.
    #[serde(flatten)]
    pub data: EventData,
}

/// Says of the schema that an event has exactly one kind: unknown ones aside, which the schema leaves out, the kinds
/// exclude each other.
fn one_kind(schema: &mut Schema) {
    if let Some(kinds) = schema.remove("anyOf") {
        schema.insert("oneOf".to_owned(), kinds);
    }
}

impl Event {
    /// An event of a workspace, without changes. Its id is made from the time.
    pub fn new(workspace: WorkspaceId, actor: Actor, at: Timestamp, data: EventData) -> Self {
        Self {
            id: EventId::at(at),
            workspace,
            project: None,
            board_id: None,
            task: None,
            batch: None,
            actor,
            at,
            changes: Changes::default(),
            data,
        }
    }

    /// The event, in a project: all of its boards get it.
    #[must_use]
    pub fn in_project(self, project: &ProjectKey) -> Self {
        Self { project: Some(project.clone()), ..self }
    }

    /// The event, on one board.
    #[must_use]
    pub fn on_board(self, board: &BoardId) -> Self {
        Self { project: Some(board.project().clone()), board_id: Some(board.clone()), ..self }
    }

    /// The event, about a task on a board.
    #[must_use]
    pub fn on_task(self, task: &TaskKey, board: &BoardId) -> Self {
        Self { task: Some(task.clone()), ..self.on_board(board) }
    }

    /// The event, with the fields that changed.
    #[must_use]
    pub fn changing(self, changes: Changes) -> Self {
        Self { changes, ..self }
    }

    /// The event, as one of those that share `batch`.
    #[must_use]
    pub fn in_batch(self, batch: Option<EventId>) -> Self {
        Self { batch, ..self }
    }

    /// Whether the event tells of something of this kind.
    ///
    /// An event has one type, and may tell of more: whatever the write was, `column_id` among its changes says that a
    /// task was moved, and `status` that its status changed. Whoever asks for events by their kind asks here.
    pub fn tells(&self, kind: EventType) -> bool {
        self.data.kind() == Some(kind)
            || self.task.is_some()
                && match kind {
                    EventType::TaskMoved => self.changes.names("column_id"),
                    EventType::TaskStatusChanged => self.changes.names("status"),
                    _ => false,
                }
    }

    /// The statuses before and after, where the event changed a task's status.
    pub fn status_step(&self) -> Option<(Status, Status)> {
        self.changes.from("status").zip(self.changes.to("status"))
    }

    /// Whether work on a task began or ended with the event.
    pub fn begins_or_ends_work(&self) -> bool {
        self.status_step().is_some_and(|(from, to)| (from == Status::InProgress) != (to == Status::InProgress))
    }

    /// The person who left the workspace, where the event tells of that.
    pub fn leaver(&self) -> Option<&UserId> {
        match &self.data {
            EventData::UserPermissionChanged(data) => {
                self.changes.get("role").filter(|change| change.to.is_null()).map(|_| &data.person.id)
            }
            _ => None,
        }
    }

    /// The parent of a task that was done with the event.
    pub fn ends_part_of(&self) -> Option<&TaskKey> {
        self.status_step().filter(|(_, to)| *to == Status::Done)?;
        self.data.task()?.card.parent.as_ref()
    }
}

impl payload::FinishedWork {
    /// The event of its end, which `person` is told of: it is written with the state that the work ends in.
    pub fn event(self, workspace: WorkspaceId, person: &UserId, at: Timestamp) -> Event {
        let data = EventData::WorkFinished(payload::WorkFinished { finished: self, person: person.clone() });
        let event = Event::new(workspace, Actor::system(), at, data);
        let batch = Some(event.id);
        event.in_batch(batch)
    }
}

#[cfg(test)]
mod tests;
