//! reports-list

use millrace_domain::report::Report;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole, answer::List};
use schemars::JsonSchema;
use serde::Deserialize;

/// Pagination of the list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct ReportsQuery {
    /// The page size: 1 to 100. Defaults to 50.
    pub limit: Option<u8>,
    /// The cursor: `next` of the previous page.
    pub cursor: Option<String>,
}

/// Lists the caller's reports, newest first.
#[derive(Clone, JsonSchema)]
pub struct ListReports;

impl Endpoint for ListReports {
    const ROUTE: Route = Route::get("reports-list", "/api/reports").in_workspace(WorkspaceRole::Member);
    type Uses = (Table<Read>,);
    type Path = Nothing;
    type Query = ReportsQuery;
    type Body = Nothing;
    type Output = Json<List<Report>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, person, now) = (call.table(), call.person()?, call.now);
        let part = call.part(call.query.limit, call.query.cursor.as_ref())?;
        let (_, page) =
            call.authorize(|scope| async move { table.report_runs(&scope, person, &part, now).await }).await?;
        let items = page.items.iter().map(|run| run.value.resource(run.version, now)).collect::<Result<_>>()?;
        Ok(Json(List { items, next: page.next }))
    }
}
