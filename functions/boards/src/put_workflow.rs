//! boards-put-workflow

use crate::{get_workflow::BoardWorkflow, parts::feed::on_board};
use millrace_domain::{
    Error, FieldError,
    board::workflow::Workflow,
    event::{Changes, EventData},
};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Tagged, Write, call::to_value,
};
use millrace_platform::path::BoardPath;
use millrace_store::{Stored, Transaction, board::BoardWithColumns};
use schemars::JsonSchema;

/// The maximum number of transitions in a workflow.
const MOST_STEPS: usize = 500;

/// Replaces a board's allowed transitions, who may make them, and which fields each requires.
///
/// An empty list allows every transition.
#[derive(Clone, JsonSchema)]
pub struct PutWorkflow;

impl Endpoint for PutWorkflow {
    const ROUTE: Route = Route::put("boards-put-workflow", "/api/boards/{board_id}/workflow").needs(ProjectRole::Admin);
    type Uses = (Table<Write>,);
    type Path = BoardPath;
    type Query = Nothing;
    type Body = Json<Workflow>;
    type Output = Tagged<BoardWorkflow>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, board_id) = (call.table(), &call.path.board_id);
        let (scope, board) = call.authorize(|scope| async move { table.board(&scope, board_id).await }).await?;
        let before = BoardWorkflow::of(&board.board);
        call.expect_version(board.board.version, || to_value(&before))?;
        check(&call.body.0, &board)?;
        if call.body.0 == board.board.value.workflow {
            return Ok(Tagged(before));
        }
        let mut changed = board.board.value.clone();
        changed.workflow = call.body.0.clone();
        changed.updated_at = call.now;
        let mut change = Transaction::by(&scope);
        let version = change.update(&board.board, &changed, None);
        let stored = Stored { key: board.board.key.clone(), version, value: changed };
        let answer = BoardWorkflow::of(&stored);
        let changes = Changes::of_field("workflow", &before.transitions, &answer.transitions)?;
        let data = EventData::BoardUpdated(stored.value.resource(version).into());
        change.event(&on_board(&call, &scope, board_id, changes, data));
        call.commit(change, Tagged(answer)).await
    }
}

fn check(workflow: &Workflow, board: &BoardWithColumns) -> Result<()> {
    if workflow.transitions.len() > MOST_STEPS {
        return Err(Error::field("transitions", format!("takes at most {MOST_STEPS} steps")));
    }
    let mut errors = Vec::new();
    let mut wrong = |index: usize, field: &str, message: &str| {
        errors.push(FieldError { field: format!("transitions[{index}].{field}"), message: message.to_owned() });
    };
    for (index, step) in workflow.transitions.iter().enumerate() {
        for (field, column) in [("from", &step.from), ("to", &step.to)] {
            if board.columns.iter().all(|other| other.value.id != *column) {
                wrong(index, field, "is not a column of this board");
            }
        }
        if step.from == step.to {
            wrong(index, "to", "is the column that the step begins in; moving within a column is always allowed");
        }
        let earlier = workflow.transitions.iter().take(index);
        if earlier.into_iter().any(|other| other.from == step.from && other.to == step.to) {
            wrong(index, "to", "this step is named twice");
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}
