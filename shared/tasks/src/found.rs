//! A task as it was read whole, with its board.

use crate::writer::{Known, View};
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    id::TaskKey,
    resource::{Card, Task},
    task::{Status, TaskFields},
    text::Markdown,
};
use millrace_store::{
    Scope, Stored, Table,
    board::{BoardWithColumns, ColumnRecord},
    table::Mode,
    task::WholeTask,
};

/// A task, with the board that it is on.
#[derive(Debug, Clone)]
pub struct Found {
    /// The task.
    pub whole: WholeTask,
    /// Its board.
    pub board: BoardWithColumns,
}

impl Found {
    /// Reads a task, archived or not. One that was archived for too long is gone, whether the table deleted it or not.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn read<M: Mode, S>(table: &Table<M>, scope: &Scope<S>, task: &TaskKey, now: Timestamp) -> Result<Self> {
        let (whole, board) = table.task(scope, task).await?;
        if whole.fields.value.fields.is_gone(now) { Err(Error::not_found("task")) } else { Ok(Self { whole, board }) }
    }

    /// Its fields.
    pub fn fields(&self) -> &TaskFields {
        &self.whole.fields.value.fields
    }

    /// Its version.
    pub fn version(&self) -> u64 {
        self.whole.fields.version
    }

    /// The column that leads to a status, the first of the board that has it; none where the task has it already.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `status` where no column of the board has it.
    pub(crate) fn column_of(&self, status: Status) -> Result<Option<&Stored<ColumnRecord>>> {
        if self.view().status(self.fields())? == status {
            return Ok(None);
        }
        let none = || Error::field("status", "is the status of no column of the task's board");
        self.board.first_of(status).ok_or_else(none).map(Some)
    }

    /// What it takes to show it.
    pub fn view(&self) -> View<'_> {
        View { board: &self.board, counts: self.whole.counts, definitions: &self.whole.custom_fields }
    }

    /// The task without its description.
    pub fn known(&self) -> Known<'_> {
        Known { task: &self.whole.fields, view: self.view() }
    }

    /// Its description; none where it never had one.
    pub(crate) fn description(&self) -> Option<&Markdown> {
        self.whole.text.as_ref().map(|text| &text.value.description)
    }

    /// The task as clients see it.
    ///
    /// # Errors
    /// As [`View::task`].
    pub fn resource(&self) -> Result<Task> {
        self.view().task(self.fields(), self.version(), self.description())
    }

    /// Its card.
    ///
    /// # Errors
    /// As [`View::card`].
    pub fn card(&self) -> Result<Card> {
        self.view().card(self.fields(), self.version())
    }

    /// Refuses a write to an archived task.
    ///
    /// # Errors
    /// [`Error::Conflict`] for one.
    pub fn expect_live(&self) -> Result<()> {
        self.fields().check_live()
    }
}
