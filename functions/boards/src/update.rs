//! boards-update

use crate::parts::feed::on_board;
use millrace_domain::{
    event::{Changes, EventData},
    patch::Change,
    resource::Board,
    text::Name,
};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Tagged, Write, call::to_value,
};
use millrace_platform::path::BoardPath;
use millrace_store::Transaction;
use schemars::JsonSchema;
use serde::Deserialize;

/// The fields to change.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BoardChange {
    /// The name.
    #[serde(default)]
    pub name: Change<Name>,
}

/// Renames a board.
#[derive(Clone, JsonSchema)]
pub struct UpdateBoard;

impl Endpoint for UpdateBoard {
    const ROUTE: Route = Route::patch("boards-update", "/api/boards/{board_id}").needs(ProjectRole::Manager);
    type Uses = (Table<Write>,);
    type Path = BoardPath;
    type Query = Nothing;
    type Body = Json<BoardChange>;
    type Output = Tagged<Board>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, board_id) = (call.table(), &call.path.board_id);
        let (scope, board) = call.authorize(|scope| async move { table.board(&scope, board_id).await }).await?;
        let board = board.board;
        let before = board.value.resource(board.version);
        call.expect_version(board.version, || to_value(&before))?;
        let mut changed = board.value.clone();
        call.body.0.name.clone().apply(&mut changed.name);
        if changed == board.value {
            return Ok(Tagged(before));
        }
        changed.updated_at = call.now;
        let mut change = Transaction::by(&scope);
        let version = change.update(&board, &changed, None);
        let answer = changed.resource(version);
        let (changes, data) = (Changes::between(&before, &answer)?, EventData::BoardUpdated(answer.clone().into()));
        change.event(&on_board(&call, &scope, board_id, changes, data));
        call.commit(change, Tagged(answer)).await
    }
}
