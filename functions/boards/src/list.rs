//! boards-list

use millrace_domain::resource::Board;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table, answer::List};
use millrace_platform::path::ProjectPath;
use schemars::JsonSchema;

/// Lists the boards of a project, oldest first.
#[derive(Clone, JsonSchema)]
pub struct ListBoards;

impl Endpoint for ListBoards {
    const ROUTE: Route = Route::get("boards-list", "/api/projects/{project}/boards").needs(ProjectRole::Viewer);
    type Uses = (Table<Read>,);
    type Path = ProjectPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<List<Board>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, project) = (call.table(), &call.path.project);
        let (_, mut boards) = call.authorize(|scope| async move { table.boards(&scope, project).await }).await?;
        boards.sort_by_key(|board| (board.board.value.created_at, board.board.value.id.clone()));
        let boards = boards.iter().map(|board| board.board.value.resource(board.board.version)).collect();
        Ok(Json(List::whole(boards)))
    }
}
