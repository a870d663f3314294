//! reports-get

use millrace_domain::report::Report;
use millrace_endpoint::{Call, Endpoint, Nothing, Read, Result, Route, Table, Tagged, WorkspaceRole};
use millrace_platform::path::ReportPath;
use schemars::JsonSchema;

/// Returns the progress of one of the caller's reports.
#[derive(Clone, JsonSchema)]
pub struct GetReport;

impl Endpoint for GetReport {
    const ROUTE: Route = Route::get("reports-get", "/api/reports/{report_id}").in_workspace(WorkspaceRole::Member);
    type Uses = (Table<Read>,);
    type Path = ReportPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Tagged<Report>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, now) = (call.table(), call.now);
        let (person, report) = (call.person()?, &call.path.report_id);
        let (_, run) =
            call.authorize(|scope| async move { table.report_run(&scope, person, report, now).await }).await?;
        run.value.resource(run.version, call.now).map(Tagged)
    }
}
