//! The place of a task on its board: its column and its rank there.

use crate::{
    outcome::Prepared,
    writer::{Known, TaskWriter, Told},
};
use millrace_domain::{
    Result,
    board::rank::Rank,
    event::EventData,
    id::{ColumnId, ProjectKey},
    task::TaskFields,
};
use millrace_store::{
    Scope, Stored, Table,
    board::{BoardWithColumns, ColumnRecord},
    table::Mode,
};
use std::collections::HashMap;

/// A column that a task is to come into.
#[derive(Debug, Clone, Copy)]
pub struct Placing<'sent> {
    /// The column.
    pub column: &'sent ColumnId,
    /// How many other cards are in it.
    pub cards: usize,
    /// The field of the request that says so, for a refusal.
    pub field: &'sent str,
}

/// How many cards are in the columns that a change may put tasks into.
#[derive(Debug, Clone, Default)]
pub struct CardCounts(HashMap<ColumnId, usize>);

impl CardCounts {
    /// Counts the cards of the column that a request names; no read where it names none. Only the column knows whether
    /// it has a limit, and is read at the same time.
    ///
    /// # Errors
    /// As every read.
    pub async fn of<M: Mode, S>(
        table: &Table<M>,
        scope: &Scope<S>,
        project: &ProjectKey,
        column: Option<&ColumnId>,
    ) -> Result<Self> {
        let mut counts = Self::default();
        if let Some(column) = column {
            let cards = table.column_order(scope, project, column).await?.len();
            counts.0.insert(column.clone(), cards);
        }
        Ok(counts)
    }

    /// Counts the cards of `column`, unless they were counted or it takes any number of them.
    ///
    /// # Errors
    /// As every read.
    pub(crate) async fn count_limited<M: Mode, S>(
        &mut self,
        table: &Table<M>,
        scope: &Scope<S>,
        project: &ProjectKey,
        column: &ColumnRecord,
    ) -> Result<()> {
        if column.wip_limit.is_some() && !self.0.contains_key(&column.id) {
            let cards = table.column_order(scope, project, &column.id).await?.len();
            self.0.insert(column.id.clone(), cards);
        }
        Ok(())
    }

    /// How many cards are in `column`, as far as that matters.
    pub(crate) fn cards(&self, column: &ColumnId) -> usize {
        self.0.get(column).copied().unwrap_or_default()
    }

    /// Takes over what was counted elsewhere.
    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// One more card came into `column`.
    pub(crate) fn enter(&mut self, column: &ColumnId) {
        if let Some(cards) = self.0.get_mut(column) {
            *cards += 1;
        }
    }
}

impl<S> TaskWriter<'_, S> {
    /// The column that a task is to come into, where it is open and the workflow, the required fields and the limit let
    /// the task in.
    pub(crate) fn admit<'board>(
        &self,
        board: &'board BoardWithColumns,
        task: &TaskFields,
        to: Placing<'_>,
    ) -> Result<&'board Stored<ColumnRecord>> {
        let column = board.open_column(to.column, to.field)?;
        let step = board.board.value.workflow.check(task, to.column, self.role);
        step.map_err(|error| error.naming(|_| to.field.to_owned()))?;
        column.value.check_room(to.cards, to.field)?;
        Ok(column)
    }

    /// Moves a card to another place on its board. Its new column has to let it in; a place within the column that it is
    /// in is free.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field of `to` where the workflow, a required field or the limit refuses,
    /// [`Error::Conflict`] where the column is being removed.
    pub fn move_card(&self, known: Known<'_>, to: Placing<'_>, rank: Rank) -> Result<Prepared> {
        let (before, board) = (known.fields(), known.view.board);
        let column = if before.column_id == *to.column {
            board.column(to.column, to.field)?
        } else {
            self.admit(board, before, to)?
        };
        self.put_into(known, column, rank, Told::As(EventData::TaskMoved))
    }

    /// Puts a task into a column of its board, whatever the workflow and the limit say: nobody is there to be asked.
    ///
    /// # Errors
    /// As every write that is put together.
    pub fn settle(&self, known: Known<'_>, column: &Stored<ColumnRecord>, rank: Rank) -> Result<Prepared> {
        self.put_into(known, column, rank, Told::Edit)
    }

    fn put_into(&self, known: Known<'_>, column: &Stored<ColumnRecord>, rank: Rank, told: Told) -> Result<Prepared> {
        let mut fields = known.fields().clone();
        fields.place(&column.value.id, rank, column.value.category, self.now);
        let mut change = self.begin();
        change.check_column(column);
        let written = self.write(&mut change, known.step(fields, told))?;
        Ok(Prepared::of(change, written))
    }
}
