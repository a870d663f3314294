//! boards-create

use crate::parts::feed::on_board;
use millrace_domain::{
    Error,
    board::{template::BoardTemplate, workflow::Workflow},
    event::{Changes, EventData},
    id::BoardId,
    resource::{Board, MOST_BOARDS},
    text::Name,
};
use millrace_endpoint::{Call, Created, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Write};
use millrace_platform::path::ProjectPath;
use millrace_store::{Transaction, board::BoardRecord};
use schemars::JsonSchema;
use serde::Deserialize;

/// The board to create.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBoard {
    /// The name.
    pub name: Name,
    /// The template for its columns. Defaults to `kanban`.
    #[serde(default)]
    pub template: Option<BoardTemplate>,
}

/// Creates a board with the columns of a template.
#[derive(Clone, JsonSchema)]
pub struct CreateBoard;

impl Endpoint for CreateBoard {
    const ROUTE: Route = Route::post("boards-create", "/api/projects/{project}/boards").needs(ProjectRole::Manager);
    type Uses = (Table<Write>,);
    type Path = ProjectPath;
    type Query = Nothing;
    type Body = Json<NewBoard>;
    type Output = Created<Board>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, project) = (call.table(), &call.path.project);
        let (scope, boards) = call.authorize(|scope| async move { table.boards(&scope, project).await }).await?;
        if boards.len() >= MOST_BOARDS {
            return Err(Error::conflict(format!("A project has at most {MOST_BOARDS} boards.")));
        }
        let board = BoardRecord {
            id: BoardId::random(project),
            name: call.body.0.name.clone(),
            workflow: Workflow::default(),
            created_at: call.now,
            updated_at: call.now,
        };
        let answer = board.resource(1);
        let mut change = Transaction::by(&scope);
        change.open_board_from(&scope, &board, call.body.0.template.unwrap_or_default())?;
        let data = EventData::BoardUpdated(answer.clone().into());
        change.event(&on_board(&call, &scope, &board.id, Changes::default(), data));
        call.commit(change, Created(answer)).await
    }
}
