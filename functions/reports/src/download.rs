//! reports-download

use crate::parts::rights;
use millrace_domain::{Error, report::ReportState};
use millrace_endpoint::{
    Call, Endpoint, Nothing, Read, Result, Route, Table, WorkspaceRole,
    answer::Redirect,
    blobs::{Blobs, Served},
};
use millrace_platform::{
    blobs::{HandOut, key},
    path::ReportPath,
};
use schemars::JsonSchema;

/// Redirects (302) to a signed URL of the report's file, valid for ten minutes. With `Accept: application/json`,
/// returns the URL in a JSON body with status 200.
///
/// Requires that the caller can still see the report's subject. Returns 409 if the report is not finished.
#[derive(Clone, JsonSchema)]
pub struct DownloadReport;

impl Endpoint for DownloadReport {
    const ROUTE: Route =
        Route::get("reports-download", "/api/reports/{report_id}/download").in_workspace(WorkspaceRole::Member);
    type Uses = (Table<Read>, Blobs<HandOut>);
    type Path = ReportPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Redirect;

    async fn handle(call: Call<Self>) -> Result<Redirect> {
        let (table, blobs): (&Table<Read>, &Blobs<HandOut>) = (call.table(), call.uses());
        let (person, report, now) = (call.person()?, &call.path.report_id, call.now);
        let (scope, run) =
            call.authorize(|scope| async move { table.report_run(&scope, person, report, now).await }).await?;
        let run = &run.value;
        rights::check(&scope, &run.request)?;
        match run.state {
            ReportState::Done => {}
            ReportState::Queued | ReportState::Running => {
                return Err(Error::conflict("The report is not made yet."));
            }
            ReportState::Failed => return Err(Error::conflict("The report was not made, so there is no file.")),
        }
        let url = blobs
            .address(&key::report(&scope, report), &Served::kept(&run.file_name()?, run.request.format.content_type()))
            .await?;
        Ok(Redirect { url, told: call.origin.accept.contains("application/json") })
    }
}
