//! Finding a comment on a task, and telling what happened to it.

use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    event::{Event, EventData},
    id::{CommentId, TaskKey},
    task::TaskFields,
};
use millrace_endpoint::{Call, Endpoint};
use millrace_store::{Scope, Stored, Table, comment::CommentRecord, table::Mode};

/// A comment and its task.
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

/// Something that happened to a comment on a task.
pub(crate) fn on_comment<E: Endpoint>(call: &Call<E>, scope: &Scope, task: &TaskFields, data: EventData) -> Event {
    call.event(scope, data).on_task(&task.key, &task.board_id)
}
