//! boards-flow

use jiff::civil::Date;
use millrace_domain::insight::flow::Flow;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table};
use millrace_insight::flow::{FlowSource, FlowSpan};
use millrace_platform::path::BoardPath;
use millrace_store::due::DueIndex;
use schemars::JsonSchema;
use serde::Deserialize;

/// The date range, in the workspace's time zone.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct FlowQuery {
    /// The first day. Defaults to 30 days, ending with the last day.
    pub from: Option<Date>,
    /// The last day, in a range of at most 366 days. Defaults to today and cannot be later.
    pub to: Option<Date>,
}

/// Returns the flow of work over a board: tasks per column and day, cycle and lead times, throughput per week, and the
/// age of work in progress.
///
/// A completed task counts for the board that it is on now. The start of work is known if it was at most 180 days
/// before the first day of the range.
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
