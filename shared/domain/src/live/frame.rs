//! The frames that the server sends over a socket.

use super::presence::Present;
use crate::{
    board::pointer::Fraction,
    error::Refusal,
    event::Event,
    id::{BoardId, EventId, TaskKey},
    notification::Notification,
    task::lock::{Holder, LockedField},
};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

macro_rules! frames {
    ($($(#[doc = $doc:literal])+ $name:ident($frame:ty);)+) => {
        /// A frame that the server sends. `type` says which one it is. Frames may be added: pass over one that you do not
        /// know.
        #[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
        #[serde(tag = "type", rename_all = "snake_case")]
        pub enum Frame {
            $($(#[doc = $doc])+ $name($frame),)+
        }

        $(impl From<$frame> for Frame {
            fn from(frame: $frame) -> Self {
                Self::$name(frame)
            }
        })+
    };
}

frames! {
    /// The answer to `subscribe`: the socket gets the board's frames from now on.
    Subscribed(Subscribed);
    /// The answer to `unsubscribe`.
    Unsubscribed(Unsubscribed);
    /// Events of a board, in the order in which they were committed.
    Events(Events);
    /// The people on a board changed, or whether they look at it did.
    Presence(Presence);
    /// A person began or stopped to edit a task.
    Edit(Edit);
    /// A person's pointer moved.
    Cursor(Cursor);
    /// The person was notified of something.
    Notification(Notified);
    /// The answer to `ping`, once for each board that the socket listens to.
    Pong(Pong);
    /// An action was refused.
    Error(Refusal);
}

impl Frame {
    /// The types of the frames that a client gets without an action of its own.
    pub const PUSHED: &[&str] = &["events", "presence", "edit", "cursor", "notification"];
}

/// The answer to `subscribe`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Subscribed {
    /// The board.
    pub board_id: BoardId,
    /// The last event that the feed sent. A snapshot with an older cursor misses events: ask boards-events for them.
    pub cursor: EventId,
    /// Who is on the board, by name.
    pub people: Vec<Present>,
    /// Who edits what in the board's project.
    pub editing: Vec<Editing>,
}

/// A lock that somebody holds while they edit.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Editing {
    /// The task.
    pub task: TaskKey,
    /// The field; null for the whole task.
    pub field: Option<LockedField>,
    /// Who edits it.
    pub person: Holder,
    /// When the lock expires unless it is renewed.
    pub until: Timestamp,
}

/// The answer to `unsubscribe`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Unsubscribed {
    /// The board.
    pub board_id: BoardId,
}

/// Events of a board.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Events {
    /// The board.
    pub board_id: BoardId,
    /// The cursor of the frame before. A client whose own cursor is another one missed a frame: ask boards-events.
    pub prev: EventId,
    /// The cursor after these events.
    pub cursor: EventId,
    /// The events, at most 50, oldest first.
    pub events: Vec<Event>,
}

/// Who is on a board.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Presence {
    /// The board.
    pub board_id: BoardId,
    /// Everybody who is on it, by name.
    pub people: Vec<Present>,
}

/// A person began or stopped to edit a task.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Edit {
    /// The task's board.
    pub board_id: BoardId,
    /// The task.
    pub task: TaskKey,
    /// The field; null for the whole task.
    pub field: Option<LockedField>,
    /// Who edits it.
    pub person: Holder,
    /// Whether they edit it; false where they have stopped.
    pub editing: bool,
    /// When the lock expires unless it is renewed; null where they have stopped.
    pub until: Option<Timestamp>,
}

/// A person's pointer.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Cursor {
    /// The board.
    pub board_id: BoardId,
    /// Who points.
    pub person: Holder,
    /// The distance from the left edge of the board's content, as a fraction of its width.
    pub x: Fraction,
    /// The distance from the top edge of the board's content, as a fraction of its height.
    pub y: Fraction,
    /// The card that is pointed at or has the focus; null for none.
    pub task: Option<TaskKey>,
}

/// A notification of the person whose socket it is.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Notified {
    /// The notification. One that is known already has more in it now.
    pub notification: Notification,
    /// How many notifications the person has not read.
    pub unread_count: u32,
}

/// The answer to `ping`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Pong {
    /// The board; left out where the socket listens to none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub board_id: Option<BoardId>,
    /// The last event that the board's feed sent; null where the socket listens to no board.
    pub cursor: Option<EventId>,
}

/// Declares what a socket route answers with: a subset of the frames, to which a refusal always belongs.
#[macro_export]
macro_rules! reply {
    ($(#[doc = $doc:literal])+ $reply:ident { $($frame:ident),* }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, serde::Serialize, schemars::JsonSchema)]
        #[serde(tag = "type", rename_all = "snake_case")]
        #[allow(missing_docs, reason = "each variant is the frame of its name")]
        pub enum $reply {
            $($frame($crate::live::frame::$frame),)*
            Error($crate::error::Refusal),
        }

        impl From<$crate::error::Refusal> for $reply {
            fn from(refusal: $crate::error::Refusal) -> Self {
                Self::Error(refusal)
            }
        }
    };
}

reply! {
    /// No frame, unless the action is refused.
    NoReply {}
}
