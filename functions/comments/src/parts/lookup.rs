//! Finding a comment on a task, and telling what happened to it.

use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    comment::Comment,
    event::{Event, EventType},
    id::{CommentId, TaskKey},
    task::TaskFields,
};
use millrace_endpoint::{Call, Endpoint, call::to_value};
use millrace_store::{Scope, Stored, Table, comment::CommentRecord, table::Mode};
use serde_json::{Value, json};

/// A comment, with the task that it is on.
pub(crate) struct Found {
    /// The task.
    pub task: TaskFields,
    /// The comment.
    pub comment: Stored<CommentRecord>,
}

impl Found {
    /// Reads a comment that was not removed, in one round trip.
    pub(crate) async fn read<M: Mode, S>(
        table: &Table<M>,
        scope: &Scope<S>,
        task: &TaskKey,
        comment: &CommentId,
        now: Timestamp,
    ) -> Result<Self> {
        let (task, comment) =
            futures::try_join!(table.task_fields(scope, task, now), table.comment(scope, task, comment))?;
        let comment = comment.filter(|comment| comment.value.fields.body.is_some());
        Ok(Self { task: task.value.fields, comment: comment.ok_or_else(|| Error::not_found("comment"))? })
    }
}

/// Something that happened to a comment; `more` stands beside it in the event's data.
pub(crate) fn on_comment<E: Endpoint>(
    call: &Call<E>,
    scope: &Scope,
    kind: EventType,
    task: &TaskFields,
    comment: &Comment,
    more: Value,
) -> Result<Event> {
    let mut event = call.event(scope, kind, Some(task.key.project()));
    event.board_id = Some(task.board_id.clone());
    event.task = Some(task.key.clone());
    event.data = json!({"comment": to_value(&comment.told())?});
    if let (Value::Object(data), Value::Object(more)) = (&mut event.data, more) {
        data.extend(more);
    }
    Ok(event)
}
