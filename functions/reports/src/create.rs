//! reports-create

use crate::{make::Making, parts::rights};
use millrace_domain::{
    Error,
    id::{ProjectKey, ReportId},
    report::{Report, ReportKind, ReportRequest},
};
use millrace_endpoint::{
    Call, Created, Endpoint, Json, Nothing, Result, Route, Table, WorkspaceRole, Write, capability::Sender,
};
use millrace_store::{Scope, Transaction, report::ReportRun};
use schemars::JsonSchema;
use std::time::Duration;

/// How long the message is delayed: slightly longer than the write it refers to.
const WRITTEN_WITHIN: Duration = Duration::from_secs(1);

/// Requests a report as a file. It is generated in the background with what the caller can see; reports-get returns its
/// progress.
///
/// The project must be visible to the caller. Other people's time requires a manager and includes only projects that
/// the caller manages; the time of a whole project requires a manager of it. The person who requested it can download
/// it for 30 days.
#[derive(Clone, JsonSchema)]
pub struct CreateReport;

impl Endpoint for CreateReport {
    const ROUTE: Route = Route::post("reports-create", "/api/reports").in_workspace(WorkspaceRole::Member);
    type Uses = (Table<Write>, Sender<Making>);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Json<ReportRequest>;
    type Output = Created<Report>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, request): (&Table<Write>, _) = (call.table(), &call.body.0);
        let (scope, subject) = call.authorize(|scope| async move { subject(table, &scope, request).await }).await?;
        rights::check(&scope, request)?;
        let subject = subject.unwrap_or_else(|| scope.member().value.name.to_string());
        let person = scope.person().clone();
        let run = ReportRun::new(ReportId::at(call.now), person.clone(), request.clone(), subject, call.now);
        // The queue comes first: a message whose report is not written means nothing, and a report without a message
        // would never be made.
        let making = Making { workspace: scope.workspace().clone(), person, report: run.id.clone() };
        call.uses::<Sender<Making>, _>().send_all_after(&[making], WRITTEN_WITHIN).await?;
        let mut change = Transaction::by(&scope);
        change.put_report_run(&scope, &run);
        let report = run.resource(1, call.now)?;
        call.commit(change, Created(report)).await
    }

    fn project(call: &Call<Self>) -> Option<ProjectKey> {
        call.body.0.project().cloned()
    }
}

/// The name of the report's subject, if it exists; none for the caller's own time.
async fn subject<S>(table: &Table<Write>, scope: &Scope<S>, request: &ReportRequest) -> Result<Option<String>> {
    request.check()?;
    match (request.kind, request) {
        (ReportKind::Sprint, ReportRequest { sprint: Some(sprint), .. }) => {
            Ok(Some(table.sprint(scope, sprint).await?.value.plan.name.to_string()))
        }
        (ReportKind::Flow, ReportRequest { board_id: Some(board), .. }) => {
            Ok(Some(table.board(scope, board).await?.board.value.name.to_string()))
        }
        (ReportKind::Time, ReportRequest { user: Some(person), .. }) => {
            Ok(Some(table.member(scope, person).await?.value.name.to_string()))
        }
        (ReportKind::Time, ReportRequest { team: Some(team), .. }) => {
            Ok(Some(table.team(scope, team).await?.value.name.to_string()))
        }
        (ReportKind::Tasks, ReportRequest { project: Some(project), sprint: Some(sprint), .. }) => {
            // A sprint that is not there has no tasks: whoever names one is told so.
            let found = table.sprints_among(scope, std::slice::from_ref(sprint)).await?;
            if found.is_empty() {
                return Err(Error::field("sprint", "is not a sprint of this project"));
            }
            Ok(Some(project.to_string()))
        }
        (_, ReportRequest { project, .. }) => Ok(project.as_ref().map(ToString::to_string)),
    }
}
