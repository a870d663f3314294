//! The kinds of event, and what each carries.

use super::payload::{
    AttachmentEvent, BoardUpdated, ColumnEvent, ColumnRemoved, CommentEvent, CommentMentions, NoData, PersonEvent,
    ProjectCreated, ProjectUpdated, ProjectUserAdded, ReactionEvent, SprintEvent, SprintUpdated, TaskEvent, TimeLogged,
    WorkFinished,
};
use crate::id::ImportId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident($data:ty) = $name:literal;)+) => {
        /// The kinds of event, by name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        #[allow(missing_docs, reason = "each is described where its data is")]
        pub enum EventType {
            $(#[serde(rename = $name)] $kind,)+
        }

        /// What an event tells: one variant for each kind. On the wire the variant is the event's `type` and its
        /// content the event's `data`.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "type", content = "data")]
        pub enum EventData {
            $($(#[doc = $doc])+ #[serde(rename = $name)] $kind($data),)+
            /// A kind that this version does not know, or one whose data it cannot read. It is passed on as it came, so
            /// that versions may mix during a deployment.
            #[serde(untagged)]
            #[schemars(skip)]
            Other(OtherData),
        }

        impl EventData {
            /// Every kind.
            pub const KINDS: &'static [EventType] = &[$(EventType::$kind),+];

            /// The kind; none for one that this version does not know.
            pub fn kind(&self) -> Option<EventType> {
                match self {
                    $(Self::$kind(_) => Some(EventType::$kind),)+
                    Self::Other(_) => None,
                }
            }

            /// The kind's name, as it is sent.
            pub fn name(&self) -> &str {
                match self {
                    $(Self::$kind(_) => $name,)+
                    Self::Other(other) => &other.kind,
                }
            }
        }
    };
}

kinds! {
    /// The workspace's name, slug, logo or feature flags changed; `changes` says which.
    WorkspaceUpdated(NoData) = "workspace.updated";
    /// A project was created, with its first board.
    ProjectCreated(ProjectCreated) = "project.created";
    /// A project, its labels, its own fields or its members changed.
    ProjectUpdated(ProjectUpdated) = "project.updated";
    /// A person was listed in a project.
    ProjectUserAdded(ProjectUserAdded) = "project.user_added";
    /// A board was created, renamed or removed, or its workflow changed.
    BoardUpdated(BoardUpdated) = "board.updated";
    /// A column was added to a board.
    ColumnAdded(ColumnEvent) = "column.added";
    /// A column's name, category or limit changed.
    ColumnUpdated(ColumnEvent) = "column.updated";
    /// A column was moved to another place on its board.
    ColumnMoved(ColumnEvent) = "column.moved";
    /// A column was removed, and its cards went to another one.
    ColumnRemoved(ColumnRemoved) = "column.removed";
    /// A task was created.
    TaskCreated(TaskEvent) = "task.created";
    /// Fields of a task changed.
    TaskUpdated(TaskEvent) = "task.updated";
    /// A card was moved on its board, to another column or within its own.
    TaskMoved(TaskEvent) = "task.moved";
    /// A task's assignees changed.
    TaskAssigned(TaskEvent) = "task.assigned";
    /// A task's status changed.
    TaskStatusChanged(TaskEvent) = "task.status_changed";
    /// A task was archived.
    TaskArchived(TaskEvent) = "task.archived";
    /// An archived task was restored.
    TaskRestored(TaskEvent) = "task.restored";
    /// A task was deleted for good.
    TaskDeleted(TaskEvent) = "task.deleted";
    /// A comment was written.
    CommentAdded(CommentMentions) = "comment.added";
    /// A comment was edited.
    CommentUpdated(CommentMentions) = "comment.updated";
    /// A comment was removed.
    CommentRemoved(CommentEvent) = "comment.removed";
    /// A person reacted to a comment.
    ReactionAdded(ReactionEvent) = "reaction.added";
    /// A person took back a reaction to a comment.
    ReactionRemoved(ReactionEvent) = "reaction.removed";
    /// A file was attached to a task.
    AttachmentAdded(AttachmentEvent) = "attachment.added";
    /// A file was removed from a task.
    AttachmentRemoved(AttachmentEvent) = "attachment.removed";
    /// A sprint was started.
    SprintStarted(SprintEvent) = "sprint.started";
    /// A sprint was closed.
    SprintClosed(SprintEvent) = "sprint.closed";
    /// A sprint was planned, changed or deleted.
    SprintUpdated(SprintUpdated) = "sprint.updated";
    /// Time was logged on a task, or a log of it changed or was removed. `changes` always names `minutes` and `date`.
    TimeLogged(TimeLogged) = "time.logged";
    /// A report or an import that somebody asked for was finished, or failed.
    WorkFinished(WorkFinished) = "work.finished";
    /// A person joined the workspace.
    UserCreated(PersonEvent) = "user.created";
    /// A person's name or picture changed.
    UserUpdated(PersonEvent) = "user.updated";
    /// A person's role in the workspace changed, or the person left it.
    UserPermissionChanged(PersonEvent) = "user.permission_changed";
}

/// An event's kind and data, as they came.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OtherData {
    /// The kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// The data.
    #[serde(default)]
    pub data: Value,
}

impl EventData {
    /// What an event tells of a task; none where it tells of something else.
    pub fn task(&self) -> Option<&TaskEvent> {
        match self {
            Self::TaskCreated(data)
            | Self::TaskUpdated(data)
            | Self::TaskMoved(data)
            | Self::TaskAssigned(data)
            | Self::TaskStatusChanged(data)
            | Self::TaskArchived(data)
            | Self::TaskRestored(data)
            | Self::TaskDeleted(data) => Some(data),
            _ => None,
        }
    }

    /// The import that brought the event about.
    pub fn import(&self) -> Option<&ImportId> {
        match self {
            Self::ProjectUpdated(data) => data.import.as_ref(),
            Self::BoardUpdated(data) => data.import.as_ref(),
            Self::ColumnAdded(data) | Self::ColumnUpdated(data) | Self::ColumnMoved(data) => data.import.as_ref(),
            Self::SprintUpdated(data) => data.import.as_ref(),
            _ => self.task().and_then(|data| data.import.as_ref()),
        }
    }
}
