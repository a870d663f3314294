//! boards-remove-column

use crate::{
    parts::{
        closed_columns::{refuse, set_closing},
        feed::on_board,
    },
    update_column::named,
};
use millrace_domain::{
    Error,
    event::{Changes, EventData, payload::ColumnRemoved},
    id::{BoardId, ColumnId},
    task::custom::FieldDefinition,
};
use millrace_endpoint::{Call, Endpoint, NoContent, Nothing, ProjectRole, Result, Route, Table, Write, call::to_value};
use millrace_platform::path::ColumnPath;
use millrace_store::{
    Scope, Stored, Transaction,
    board::{BoardWithColumns, ColumnRecord},
    task::TaskRecord,
};
use millrace_task_changes::{Relocation, TaskWriter};
use schemars::JsonSchema;
use serde::Deserialize;

/// What a removal writes besides the cards: the board, the column and their event.
const ITEMS_OF_A_REMOVAL: usize = 3;

/// What to do with the cards of a removed column.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct RemoveColumnQuery {
    /// The column to move the cards to, at the bottom and in their order. Required if the column has cards.
    pub move_to: Option<ColumnId>,
}

/// Removes a column. Its cards move to the bottom of another column, regardless of its WIP limit and the workflow.
///
/// The column first stops accepting cards, then its cards are moved, then it is removed. An interrupted removal leaves
/// every card in one of the two columns; repeat the call to continue it, or update the column to cancel it.
#[derive(Clone, JsonSchema)]
pub struct RemoveColumn;

impl Endpoint for RemoveColumn {
    const ROUTE: Route = Route::delete("boards-remove-column", "/api/boards/{board_id}/columns/{column_id}")
        .needs(ProjectRole::Manager)
        .timeout(30);
    type Uses = (Table<Write>,);
    type Path = ColumnPath;
    type Query = RemoveColumnQuery;
    type Body = Nothing;
    type Output = NoContent;

    async fn handle(call: Call<Self>) -> Result<NoContent> {
        let (table, board_id) = (call.table(), &call.path.board_id);
        let (scope, (board, tasks, definitions)) = call
            .authorize(|scope| async move {
                futures::try_join!(
                    table.board(&scope, board_id),
                    table.tasks(&scope, board_id.project(), false),
                    table.field_definitions(&scope, board_id.project()),
                )
            })
            .await?;
        let column = named(&board, &call.path.column_id)?;
        let own = std::slice::from_ref(column);
        let target = match check(&call, &board, column, &tasks) {
            Ok(target) => target,
            Err(refusal) => return refuse(table, &scope, own, refusal).await,
        };
        let closed = set_closing(table, &scope, own, true).await?;
        // What came in before the column was closed is there now, and nothing comes after.
        let tasks = table.tasks(&scope, board_id.project(), false).await?;
        if target.is_none() && has_cards(column, &tasks) {
            return refuse(table, &scope, &closed, needs_target()).await;
        }
        let column = closed.first().unwrap_or(column);
        let definitions = &definitions;
        Removal { call: &call, scope: &scope, board: &board, column, target, definitions }.finish(&tasks).await
    }
}

/// The target column of the cards, if the removal can proceed.
fn check<'board>(
    call: &Call<RemoveColumn>,
    board: &'board BoardWithColumns,
    column: &Stored<ColumnRecord>,
    tasks: &[Stored<TaskRecord>],
) -> Result<Option<&'board Stored<ColumnRecord>>> {
    let current = || to_value(&column.value.resource(column.version));
    let known = call.expect_version(column.version, current);
    // Closing it was a write too: whoever knows the version before that knows the column.
    known.or_else(
        |stale| if column.value.closing { call.expect_version(column.version - 1, current) } else { Err(stale) },
    )?;
    if board.columns.len() == 1 {
        return Err(Error::conflict("This is the last column of its board, which needs one."));
    }
    match &call.query.move_to {
        Some(target) if *target == column.value.id => {
            Err(Error::field("move_to", "is the column that is being removed"))
        }
        Some(target) => board.open_column(target, "move_to").map(Some),
        None if has_cards(column, tasks) => Err(needs_target()),
        None => Ok(None),
    }
}

fn has_cards(column: &Stored<ColumnRecord>, tasks: &[Stored<TaskRecord>]) -> bool {
    tasks.iter().any(|task| task.value.fields.column_id == column.value.id)
}

fn needs_target() -> Error {
    Error::field("move_to", "is missing: the column has cards, and they have to go somewhere")
}

struct Removal<'call> {
    call: &'call Call<RemoveColumn>,
    scope: &'call Scope,
    board: &'call BoardWithColumns,
    column: &'call Stored<ColumnRecord>,
    target: Option<&'call Stored<ColumnRecord>>,
    definitions: &'call [FieldDefinition],
}

impl Removal<'_> {
    fn board_id(&self) -> &BoardId {
        &self.board.board.value.id
    }

    async fn finish(&self, tasks: &[Stored<TaskRecord>]) -> Result<NoContent> {
        let Some(to) = self.target else {
            return self.remove(Transaction::by(self.scope)).await;
        };
        let Removal { board, column: from, definitions, .. } = *self;
        let writer = TaskWriter::by(self.scope, self.call.now);
        let relocation = Relocation { board, from, to, tasks, definitions };
        let last = writer.relocate(self.call.table(), relocation, ITEMS_OF_A_REMOVAL).await?;
        self.remove(last).await
    }

    /// Removes the column and the workflow's transitions that name it.
    async fn remove(&self, mut change: Transaction) -> Result<NoContent> {
        let mut board = self.board.board.value.clone();
        board.workflow.transitions.retain(|step| step.from != self.column.value.id && step.to != self.column.value.id);
        board.updated_at = self.call.now;
        // The board's version makes two removals at once see each other, so that one column is left.
        change.update(&self.board.board, &board, None);
        change.delete(self.column);
        let data = EventData::ColumnRemoved(ColumnRemoved {
            column: self.column.value.resource(self.column.version),
            move_to: self.target.map(|target| target.value.id.clone()),
        });
        change.event(&on_board(self.call, self.scope, self.board_id(), Changes::default(), data));
        self.call.commit(change, NoContent).await
    }
}
