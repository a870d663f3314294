//! boards-delete

use crate::parts::{
    closed_columns::{refuse, set_closing},
    feed::on_board,
};
use millrace_domain::{
    Error,
    event::{Changes, EventData, payload::BoardUpdated},
};
use millrace_endpoint::{Call, Endpoint, NoContent, Nothing, ProjectRole, Result, Route, Table, Write, call::to_value};
use millrace_platform::path::BoardPath;
use millrace_store::{Stored, Transaction, board::BoardWithColumns, task::TaskRecord};
use schemars::JsonSchema;

/// Deletes a board without cards. The last board of a project cannot be deleted.
///
/// Archived tasks of the board are deleted with it and cannot be restored.
#[derive(Clone, JsonSchema)]
pub struct DeleteBoard;

impl Endpoint for DeleteBoard {
    const ROUTE: Route = Route::delete("boards-delete", "/api/boards/{board_id}").needs(ProjectRole::Admin);
    type Uses = (Table<Write>,);
    type Path = BoardPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = NoContent;

    async fn handle(call: Call<Self>) -> Result<NoContent> {
        let (table, board_id) = (call.table(), &call.path.board_id);
        let project = board_id.project();
        let (scope, (stored, mut boards, tasks)) = call
            .authorize(|scope| async move {
                futures::try_join!(
                    table.project(&scope, project),
                    table.boards(&scope, project),
                    table.tasks(&scope, project, false)
                )
            })
            .await?;
        let place = boards.iter().position(|board| board.board.value.id == *board_id);
        let board = boards.swap_remove(place.ok_or_else(|| Error::not_found("board"))?);
        call.expect_version(board.board.version, || to_value(&board.board.value.resource(board.board.version)))?;
        let Some(heir) = boards.iter().min_by_key(|other| other.board.value.created_at) else {
            let refusal = Error::conflict("This is the last board of its project, which needs one.");
            return refuse(table, &scope, &board.columns, refusal).await;
        };
        if let Some(refusal) = still_has_cards(&board, &tasks) {
            return refuse(table, &scope, &board.columns, refusal).await;
        }
        // Once its columns are closed no card comes in, so what is read then is the last word.
        let columns = set_closing(table, &scope, &board.columns, true).await?;
        let tasks = table.tasks(&scope, project, false).await?;
        if let Some(refusal) = still_has_cards(&board, &tasks) {
            return refuse(table, &scope, &columns, refusal).await;
        }
        let mut change = Transaction::by(&scope);
        columns.iter().for_each(|column| change.delete(column));
        change.delete(&board.board);
        change.forget_feed(&scope, board_id);
        // Of boards that are deleted at once, one stays.
        change.check_exists(&heir.board.key, || Error::Raced);
        if stored.value.board_id.as_ref() == Some(board_id) {
            let mut project = stored.value.clone();
            project.board_id = Some(heir.board.value.id.clone());
            project.updated_at = call.now;
            change.update(&stored, &project, None);
        } else {
            // Another board's deletion may make this one the project's own at the same moment.
            change.check_version(&stored.key, stored.version, || Error::Raced);
        }
        let last = board.board.value.resource(board.board.version);
        let data = EventData::BoardUpdated(BoardUpdated { board_removed: true, ..last.into() });
        change.event(&on_board(&call, &scope, board_id, Changes::default(), data));
        call.commit(change, NoContent).await
    }
}

fn still_has_cards(board: &BoardWithColumns, tasks: &[Stored<TaskRecord>]) -> Option<Error> {
    let cards = tasks.iter().filter(|task| task.value.fields.board_id == board.board.value.id).count();
    (cards > 0).then(|| Error::conflict(format!("The board still has cards ({cards}). Move or archive them first.")))
}
