//! boards-add-column

use crate::parts::feed::on_board;
use jiff::Timestamp;
use millrace_domain::{
    Error,
    board::rank::Rank,
    event::{Changes, EventData},
    id::ColumnId,
    resource::{Column, MOST_COLUMNS},
    task::Status,
    text::Name,
};
use millrace_endpoint::{Call, Created, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Write};
use millrace_platform::path::BoardPath;
use millrace_store::{Stored, Transaction, board::ColumnRecord};
use schemars::JsonSchema;
use serde::Deserialize;

/// The maximum WIP limit of a column.
const HIGHEST_LIMIT: u32 = 1_000;

/// The column to add.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewColumn {
    /// The name.
    pub name: Name,
    /// The status of the tasks in it.
    pub category: Status,
    /// The WIP limit, 1 to 1000; null for none.
    #[serde(default)]
    #[schemars(range(min = 1, max = 1000))]
    pub wip_limit: Option<u32>,
    /// The zero-based index among the columns, from the left. Defaults to the last.
    #[serde(default)]
    pub position: Option<usize>,
}

/// Refuses a limit out of range.
pub(crate) fn check_limit(limit: Option<u32>) -> Result<()> {
    match limit {
        Some(limit) if !(1..=HIGHEST_LIMIT).contains(&limit) => {
            Err(Error::field("wip_limit", format!("takes 1 to {HIGHEST_LIMIT}, or null for any number")))
        }
        _ => Ok(()),
    }
}

/// The rank that puts a column at index `position` among `others`, which are ordered from left to right.
pub(crate) fn rank_at(others: &[&Stored<ColumnRecord>], position: usize, now: Timestamp) -> Rank {
    let position = position.min(others.len());
    let left = position.checked_sub(1).and_then(|index| others.get(index));
    let right = others.get(position);
    Rank::between(left.map(|column| &column.value.rank), right.map(|column| &column.value.rank), now)
}

/// Adds a column to a board.
#[derive(Clone, JsonSchema)]
pub struct AddColumn;

impl Endpoint for AddColumn {
    const ROUTE: Route = Route::post("boards-add-column", "/api/boards/{board_id}/columns").needs(ProjectRole::Manager);
    type Uses = (Table<Write>,);
    type Path = BoardPath;
    type Query = Nothing;
    type Body = Json<NewColumn>;
    type Output = Created<Column>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, board_id, sent) = (call.table(), &call.path.board_id, &call.body.0);
        let (scope, board) = call.authorize(|scope| async move { table.board(&scope, board_id).await }).await?;
        check_limit(sent.wip_limit)?;
        if board.columns.len() >= MOST_COLUMNS {
            return Err(Error::conflict(format!("A board has at most {MOST_COLUMNS} columns.")));
        }
        let others: Vec<_> = board.columns.iter().collect();
        let column = ColumnRecord {
            id: ColumnId::random(),
            name: sent.name.clone(),
            category: sent.category,
            rank: rank_at(&others, sent.position.unwrap_or(others.len()), call.now),
            wip_limit: sent.wip_limit,
            closing: false,
        };
        let answer = column.resource(1);
        let mut change = Transaction::by(&scope);
        // The board's version makes this and the board's deletion see each other: no column outlives its board.
        let mut changed = board.board.value.clone();
        changed.updated_at = call.now;
        change.update(&board.board, &changed, None);
        change.add_column(&scope, board_id, &column);
        let data = EventData::ColumnAdded(answer.clone().into());
        change.event(&on_board(&call, &scope, board_id, Changes::default(), data));
        call.commit(change, Created(answer)).await
    }
}
