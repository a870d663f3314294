//! Finding a task, and telling what happened to it.

use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    event::{Changes, Event, EventData, payload::TaskEvent},
    id::TaskKey,
    resource::{Card, Task},
};
use millrace_endpoint::{Call, Endpoint, call::to_value};
use millrace_store::{Scope, Table, board::BoardWithColumns, table::Mode, task::WholeTask};

/// A task, with the board that it is on.
pub(crate) struct Found {
    /// The task.
    pub whole: WholeTask,
    /// Its board.
    pub board: BoardWithColumns,
}

impl Found {
    /// Reads a task, archived or not. One that was archived for too long is gone, whether the table forgot it or not.
    pub(crate) async fn read<M: Mode, S>(
        table: &Table<M>,
        scope: &Scope<S>,
        task: &TaskKey,
        now: Timestamp,
    ) -> Result<Self> {
        let (whole, board) = table.task(scope, task).await?;
        if whole.fields.value.fields.is_gone(now) { Err(Error::not_found("task")) } else { Ok(Self { whole, board }) }
    }

    /// The task as clients see it.
    pub(crate) fn resource(&self) -> Result<Task> {
        self.whole.resource(&self.board)
    }

    /// Refuses a write to an archived task, or to another version than the caller knows.
    pub(crate) fn expect_writable<E: Endpoint>(&self, call: &Call<E>) -> Result<()> {
        self.expect_live()?;
        self.expect_version(call)
    }

    /// Refuses a write to an archived task.
    pub(crate) fn expect_live(&self) -> Result<()> {
        if self.whole.archived() {
            return Err(Error::conflict("The task is archived. Restore it first."));
        }
        Ok(())
    }

    /// Refuses a write to another version than the caller knows.
    pub(crate) fn expect_version<E: Endpoint>(&self, call: &Call<E>) -> Result<()> {
        call.expect_version(self.whole.fields.version, || to_value(&self.resource()?))
    }
}

/// Something that happened to a task; `card` is the task after it.
pub(crate) fn on_task<E: Endpoint>(
    call: &Call<E>,
    scope: &Scope,
    kind: fn(TaskEvent) -> EventData,
    card: &Card,
    changes: Changes,
) -> Event {
    call.event(scope, kind(card.clone().into())).on_task(&card.key, &card.board_id).changing(changes)
}
