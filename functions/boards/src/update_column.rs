//! boards-update-column

use crate::{
    add_column::{check_limit, rank_at},
    parts::feed::on_board,
};
use millrace_domain::{
    Error,
    event::{Changes, EventData},
    id::ColumnId,
    patch::{Change, Patch},
    resource::Column,
    task::Status,
    text::Name,
};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Tagged, Write, call::to_value,
};
use millrace_platform::path::ColumnPath;
use millrace_store::{
    Stored, Transaction,
    board::{BoardWithColumns, ColumnRecord},
};
use schemars::JsonSchema;
use serde::Deserialize;

/// The fields to change.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnChange {
    /// The name.
    #[serde(default)]
    pub name: Change<Name>,
    /// The status of the tasks in it.
    #[serde(default)]
    pub category: Change<Status>,
    /// The WIP limit, 1 to 1000; null for none. Cards already in the column stay.
    #[serde(default)]
    pub wip_limit: Patch<u32>,
    /// The zero-based index among the columns, from the left.
    #[serde(default)]
    pub position: Change<usize>,
}

/// The column named by a path.
pub(crate) fn named<'board>(
    board: &'board BoardWithColumns,
    column: &ColumnId,
) -> Result<&'board Stored<ColumnRecord>> {
    let found = board.columns.iter().find(|other| other.value.id == *column);
    found.ok_or_else(|| Error::not_found("column"))
}

/// Changes a column's name, status, WIP limit or place.
///
/// Its tasks have the new status at once. Their `closed_at` is updated with the next change of each task.
#[derive(Clone, JsonSchema)]
pub struct UpdateColumn;

impl Endpoint for UpdateColumn {
    const ROUTE: Route =
        Route::patch("boards-update-column", "/api/boards/{board_id}/columns/{column_id}").needs(ProjectRole::Manager);
    type Uses = (Table<Write>,);
    type Path = ColumnPath;
    type Query = Nothing;
    type Body = Json<ColumnChange>;
    type Output = Tagged<Column>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, board_id, sent) = (call.table(), &call.path.board_id, &call.body.0);
        let (scope, board) = call.authorize(|scope| async move { table.board(&scope, board_id).await }).await?;
        let column = named(&board, &call.path.column_id)?;
        let before = column.value.resource(column.version);
        call.expect_version(column.version, || to_value(&before))?;
        let mut changed = column.value.clone();
        sent.name.clone().apply(&mut changed.name);
        sent.category.clone().apply(&mut changed.category);
        sent.wip_limit.clone().apply(&mut changed.wip_limit);
        check_limit(changed.wip_limit)?;
        if let Some(position) = sent.position.0 {
            let place = board.columns.iter().position(|other| other.value.id == changed.id);
            let others: Vec<_> = board.columns.iter().filter(|other| other.value.id != changed.id).collect();
            if place != Some(position.min(others.len())) {
                changed.rank = rank_at(&others, position, call.now);
            }
        }
        // A removal that was broken off left it closed: whoever changes it wants to keep it.
        changed.closing = false;
        if changed == column.value {
            return Ok(Tagged(before));
        }
        let mut change = Transaction::by(&scope);
        let version = change.update(column, &changed, None);
        let answer = changed.resource(version);
        let changes = Changes::between(&before, &answer)?;
        let moved = changes.only(&["position"]) && !changes.is_empty();
        let kind = if moved { EventData::ColumnMoved } else { EventData::ColumnUpdated };
        change.event(&on_board(&call, &scope, board_id, changes, kind(answer.clone().into())));
        call.commit(change, Tagged(answer)).await
    }
}
