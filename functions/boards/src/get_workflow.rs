//! boards-get-workflow

use millrace_domain::{
    board::workflow::{RequiredField, Transition},
    id::ColumnId,
    resource::Versioned,
    workspace::role::ProjectRole,
};
use millrace_endpoint::{Call, Endpoint, Nothing, Read, Result, Route, Table, Tagged};
use millrace_platform::path::BoardPath;
use millrace_store::{Stored, board::BoardRecord};
use schemars::JsonSchema;
use serde::Serialize;

/// An allowed transition from one column to another.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AllowedStep {
    /// The column that a task leaves.
    pub from: ColumnId,
    /// The column that it enters.
    pub to: ColumnId,
    /// The least project role that may make this transition; null for everybody who may move tasks.
    pub role: Option<ProjectRole>,
    /// The fields that must be set for this transition.
    pub required_fields: Vec<RequiredField>,
}

/// The transitions that a board allows. If empty, every transition is allowed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BoardWorkflow {
    /// The allowed transitions.
    pub transitions: Vec<AllowedStep>,
    /// The board's version, incremented by each write.
    pub version: u64,
}

impl Versioned for BoardWorkflow {
    fn version(&self) -> u64 {
        self.version
    }
}

impl BoardWorkflow {
    /// The workflow of `board`.
    pub(crate) fn of(board: &Stored<BoardRecord>) -> Self {
        let step = |step: &Transition| AllowedStep {
            from: step.from.clone(),
            to: step.to.clone(),
            role: step.role,
            required_fields: step.required_fields.clone(),
        };
        Self { transitions: board.value.workflow.transitions.iter().map(step).collect(), version: board.version }
    }
}

/// Returns the transitions that a board allows.
#[derive(Clone, JsonSchema)]
pub struct GetWorkflow;

impl Endpoint for GetWorkflow {
    const ROUTE: Route =
        Route::get("boards-get-workflow", "/api/boards/{board_id}/workflow").needs(ProjectRole::Viewer);
    type Uses = (Table<Read>,);
    type Path = BoardPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Tagged<BoardWorkflow>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, board_id) = (call.table(), &call.path.board_id);
        let (_, board) = call.authorize(|scope| async move { table.board(&scope, board_id).await }).await?;
        Ok(Tagged(BoardWorkflow::of(&board.board)))
    }
}
