//! `reports-make`: generates requested reports.

use crate::parts::{content, csv, document::Document, pdf, rights, xlsx};
use jiff::SignedDuration;
use millrace_domain::{
    event::payload::{FinishedWork, Work},
    id::{ReportId, UserId, WorkspaceId},
    report::{ReportFormat, ReportState},
    workspace::role::{Need, WorkspaceRole},
};
use millrace_endpoint::{
    Consumer, Delivery, Error, Result, Table, Write,
    blobs::Blobs,
    queue::{Message, QueueName},
    racing::again,
};
use millrace_platform::{
    blobs::{Report, key},
    queue,
};
use millrace_store::{Scope, Stored, Transaction, due::DueIndex, report::ReportRun, scope::Internal};
use serde::{Deserialize, Serialize};

/// A message to generate a report. The request and its progress are in the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Making {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// Who asked for it.
    pub person: UserId,
    /// The report.
    pub report: ReportId,
}

impl Message for Making {
    const QUEUE: QueueName = queue::REPORTS;
}

/// The lease on a report while it is generated: longer than the function's timeout.
const HELD: SignedDuration = SignedDuration::from_secs(150);

/// The progress at the start, and after its rows were read.
const BEGUN: u8 = 5;
const READ: u8 = 60;

/// Generates a report with the current rights of the person who requested it.
///
/// It is leased while it is generated, so that a redelivered message generates it once. An interrupted report is
/// generated again from the start and replaces the file. One run is enough: 5,000 tasks are read page by page and
/// written as PDF in a fraction of the function's time and memory.
#[derive(Clone)]
pub struct MakeReport;

impl Consumer for MakeReport {
    const NAME: &'static str = "reports-make";
    const ABOUT: &'static str = "Makes reports as CSV, XLSX or PDF with the rights of who asked for them, and keeps how far each came. One that cannot be made says why.";
    type Message = Making;
    type Uses = (Table<Write>, DueIndex, Blobs<Report>);
    const TIMEOUT: u32 = 120;
    const MEMORY: u32 = 1_024;

    async fn handle(delivery: Delivery<Self>) -> Result<()> {
        let (table, making): (&Table<Write>, _) = (delivery.uses(), &delivery.message);
        let scope = delivery.scope(|making| &making.workspace);
        let stored = match table.report_run(&scope, &making.person, &making.report, delivery.now).await {
            Ok(stored) => stored,
            // Whoever asks has some seconds to write it, and has given up when the message comes a second time.
            Err(Error::NotFound(_)) if delivery.tries > 1 => return Ok(()),
            Err(Error::NotFound(_)) => return Err(Error::Busy("the report is not written yet".into())),
            Err(other) => return Err(other),
        };
        if stored.value.is_finished() {
            return Ok(());
        }
        if stored.value.held_until.is_some_and(|until| delivery.now < until) {
            return Err(Error::Busy("somebody else is making this report".into()));
        }
        let begun = ReportRun {
            state: ReportState::Running,
            progress: BEGUN,
            held_until: Some(delivery.now + HELD),
            updated_at: delivery.now,
            ..stored.value.clone()
        };
        let held = keep(table, &scope, &stored, begun).await?;
        make(&delivery, &scope, held).await
    }
}

async fn make(delivery: &Delivery<MakeReport>, scope: &Scope<Internal>, held: Stored<ReportRun>) -> Result<()> {
    let (table, now): (&Table<Write>, _) = (delivery.uses(), delivery.now);
    let document = match again(|| read(delivery, scope, &held.value)).await {
        Ok(document) => document,
        Err(error) => return settle(delivery, scope, &held, error).await,
    };
    let rows = document.rows();
    let held = keep(table, scope, &held, ReportRun { progress: READ, rows: Some(rows), ..held.value.clone() }).await?;
    let size = match write(delivery, scope, &held.value, document).await {
        Ok(size) => size,
        Err(error) => return settle(delivery, scope, &held, error).await,
    };
    let done = ReportRun {
        state: ReportState::Done,
        progress: 100,
        size: Some(size),
        held_until: None,
        updated_at: now,
        finished_at: Some(now),
        ..held.value.clone()
    };
    keep(table, scope, &held, done).await.map(drop)
}

/// The report's content, with the person's current rights.
async fn read(delivery: &Delivery<MakeReport>, scope: &Scope<Internal>, run: &ReportRun) -> Result<Document> {
    let (table, index): (&Table<Write>, &DueIndex) = (delivery.uses(), delivery.uses());
    let asked = scope.on_behalf_of(&run.user, run.request.project());
    let scope = table.verify(asked, Need::Workspace(WorkspaceRole::Member), None, None).await?;
    rights::check(&scope, &run.request)?;
    content::read(table, index, &scope, &run.request, delivery.now).await
}

/// Writes and stores the file; returns its size in bytes.
async fn write(
    delivery: &Delivery<MakeReport>,
    scope: &Scope<Internal>,
    run: &ReportRun,
    document: Document,
) -> Result<u64> {
    let format = run.request.format;
    // Writing a large file takes a processor for itself.
    let bytes = tokio::task::spawn_blocking(move || match format {
        ReportFormat::Csv => Ok(csv::write(&document).into_bytes()),
        ReportFormat::Xlsx => xlsx::write(&document),
        ReportFormat::Pdf => pdf::write(&document),
    });
    let bytes = bytes.await.map_err(Error::internal)??;
    let size = bytes.len() as u64;
    delivery.uses::<Blobs<Report>, _>().put(&key::report(scope, &run.id), format.content_type(), bytes).await?;
    Ok(size)
}

/// Records a failure: final if the person is refused or this was the last attempt.
async fn settle(
    delivery: &Delivery<MakeReport>,
    scope: &Scope<Internal>,
    held: &Stored<ReportRun>,
    error: Error,
) -> Result<()> {
    let table: &Table<Write> = delivery.uses();
    let refused = error.status() < 500 && !matches!(error, Error::Raced);
    let failed = |reason: String| ReportRun {
        state: ReportState::Failed,
        reason: Some(reason),
        finished_at: Some(delivery.now),
        ..waiting(delivery, &held.value)
    };
    if refused {
        return keep(table, scope, held, failed(words(&error))).await.map(drop);
    }
    let after = if delivery.is_last_try() {
        failed("Something went wrong on our side. Try again.".to_owned())
    } else {
        ReportRun { state: ReportState::Queued, progress: 0, rows: None, ..waiting(delivery, &held.value) }
    };
    keep(table, scope, held, after).await?;
    Err(error)
}

fn waiting(delivery: &Delivery<MakeReport>, run: &ReportRun) -> ReportRun {
    ReportRun { held_until: None, updated_at: delivery.now, ..run.clone() }
}

/// The reason for a refusal, as a sentence for the person who requested the report.
fn words(error: &Error) -> String {
    let Error::Invalid(errors) = error else { return error.to_string() };
    let name = |field: &str| match field {
        "from" => "The first day".to_owned(),
        "to" => "The last day".to_owned(),
        other => other.to_owned(),
    };
    let sentences: Vec<String> =
        errors.iter().map(|error| format!("{} {}.", name(&error.field), error.message)).collect();
    sentences.join(" ")
}

/// Writes a report's progress, unless another run did since. Notifies the person once it is finished or failed.
async fn keep(
    table: &Table<Write>,
    scope: &Scope<Internal>,
    stored: &Stored<ReportRun>,
    run: ReportRun,
) -> Result<Stored<ReportRun>> {
    let mut change = Transaction::outside_workspaces();
    let version = change.update_report_run(stored, &run);
    if run.is_finished() {
        let finished = FinishedWork {
            work: Work::Report,
            id: run.id.to_string(),
            name: run.file_name()?.as_str().to_owned(),
            project: None,
            done: run.state == ReportState::Done,
        };
        change.event(&finished.event(scope.workspace().clone(), &run.user, run.updated_at));
    }
    table.commit(change).await?;
    Ok(Stored { key: stored.key.clone(), version, value: run })
}
