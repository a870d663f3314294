//! boards-flow

use jiff::civil::Date;
use millrace_domain::insight::flow::Flow;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table};
use millrace_insight::flow::{FlowSource, FlowSpan};
use millrace_platform::path::BoardPath;
use millrace_store::due::DueIndex;
use schemars::JsonSchema;
use serde::Deserialize;

/// Which days are asked for, in the workspace's time zone.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct FlowQuery {
    /// The first day; 30 days up to the last one if nobody says.
    pub from: Option<Date>,
    /// The last day, at most 366 days in all; today if nobody says, and no later.
    pub to: Option<Date>,
}

/// Shows how work flows over a board: where tasks were each day, how long they took, how many were done each week, and
/// how old what is worked on is.
///
/// What was done is counted where it is done now. A task's beginning is known where it is at most 180 days before the
/// first day that is asked for.
#[derive(Clone, JsonSchema)]
pub struct BoardFlow;

impl Endpoint for BoardFlow {
    const ROUTE: Route =
        Route::get("boards-flow", "/api/boards/{board_id}/flow").needs(ProjectRole::Viewer).memory(512);
    type Uses = (Table<Read>, DueIndex);
    type Path = BoardPath;
    type Query = FlowQuery;
    type Body = Nothing;
    type Output = Json<Flow>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (board, now) = (&call.path.board_id, call.now);
        let (table, index) = (call.table(), call.uses::<DueIndex, _>());
        let span = FlowSpan { from: call.query.from, to: call.query.to };
        let (_, source) = call
            .authorize(|scope| async move { FlowSource::read(table, index, &scope, board, span, now).await })
            .await?;
        source.flow(now).map(Json)
    }
}
