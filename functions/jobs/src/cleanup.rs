//! jobs-cleanup

use crate::each::Failures;
use millrace_domain::{
    Error,
    id::{AttachmentId, TaskKey},
};
use millrace_endpoint::{
    Job, Result, Run, Table, Write,
    blobs::{BlobKey, Blobs, Discard},
};
use millrace_store::{
    Scope, Transaction,
    due::{DueIndex, Purge},
    keys::DUE_SHARDS,
    purge::Allowance,
    scope::Internal,
};

/// Forgets for good what was archived for over thirty days, uploads that nobody completed, and what deleted projects and
/// workspaces left behind.
///
/// In steps: a run removes so many items and no more, and what is left stands in the index for the next.
#[derive(Clone)]
pub struct Cleanup;

/// How many items one run removes: some two hundred writes of a hundred.
const ITEMS_A_RUN: usize = 20_000;

impl Job for Cleanup {
    const NAME: &'static str = "jobs-cleanup";
    const ABOUT: &'static str = "Forgets for good tasks that were archived for over thirty days, with their text, comments, files and events, uploads that nobody completed, and what deleted projects and workspaces left behind.";
    const SCHEDULE: &'static str = "cron(30 2 ? * SUN *)";
    type Uses = (Table<Write>, DueIndex, Blobs<Discard>);
    const TIMEOUT: u32 = 900;

    async fn run(run: Run<Self>) -> Result<()> {
        let (mut allowance, mut failures) = (Allowance::new(ITEMS_A_RUN), Failures::default());
        for shard in 0..DUE_SHARDS {
            forget_uploads(&run, shard, &mut failures).await?;
            purge(&run, shard, &mut allowance, &mut failures).await?;
        }
        failures.end()
    }
}

async fn purge(run: &Run<Cleanup>, shard: u32, allowance: &mut Allowance, failures: &mut Failures) -> Result<()> {
    let (table, due): (&Table<Write>, &DueIndex) = (run.uses(), run.uses());
    let files: &Blobs<Discard> = run.uses();
    let mut after = None;
    loop {
        let part = due.purges(run.now, shard, after).await?;
        for (scope, purge) in &part.items {
            if allowance.is_spent() {
                return Ok(());
            }
            let done = match purge {
                Purge::Task(task) => table.purge_task(scope, task, run.now, files, allowance).await,
                Purge::Project(project) => table.purge_project(scope, project, files, allowance).await,
                Purge::Workspace => table.purge_workspace(scope, files, allowance).await,
            };
            failures.note(scope.workspace(), unless_raced(done.map(drop)));
        }
        after = part.next;
        if after.is_none() {
            return Ok(());
        }
    }
}

async fn forget_uploads(run: &Run<Cleanup>, shard: u32, failures: &mut Failures) -> Result<()> {
    let due: &DueIndex = run.uses();
    let mut after = None;
    loop {
        let part = due.orphaned_uploads(run.now, shard, after).await?;
        for (scope, (task, upload)) in &part.items {
            failures.note(scope.workspace(), unless_raced(forget_upload(run, scope, task, upload).await));
        }
        after = part.next;
        if after.is_none() {
            return Ok(());
        }
    }
}

/// Where another run is at the same thing, it does what is left to do.
fn unless_raced(done: Result<()>) -> Result<()> {
    match done {
        Err(Error::Raced) => Ok(()),
        other => other,
    }
}

/// The file goes first: what the table has forgotten nobody would look for.
async fn forget_upload(
    run: &Run<Cleanup>,
    scope: &Scope<Internal>,
    task: &TaskKey,
    upload: &AttachmentId,
) -> Result<()> {
    let (table, files): (&Table<Write>, &Blobs<Discard>) = (run.uses(), run.uses());
    files.discard(&[BlobKey::upload(scope, task, upload)]).await?;
    let mut change = Transaction::internal(scope);
    change.forget_upload(scope, task, upload);
    table.commit(change).await
}
