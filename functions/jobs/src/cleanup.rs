//! jobs-cleanup

use crate::parts::failures::Failures;
use millrace_domain::{
    Error,
    id::{AttachmentId, TaskKey},
};
use millrace_endpoint::{Job, Result, Run, Table, Write};
use millrace_platform::blobs::{Purging, key};
use millrace_store::{
    Scope, Transaction,
    due::{DueIndex, DueWalk, Purge},
    purge::Allowance,
    scope::Internal,
};

/// Permanently deletes tasks archived for over thirty days, uncompleted uploads, and the data of deleted projects and
/// workspaces.
///
/// Each run deletes a limited number of items; the index keeps the rest for the next run.
#[derive(Clone)]
pub struct Cleanup;

/// How many items one run deletes: some two hundred writes of a hundred items.
const ITEMS_A_RUN: usize = 20_000;

impl Job for Cleanup {
    const NAME: &'static str = "jobs-cleanup";
    const ABOUT: &'static str = "Forgets for good tasks that were archived for over thirty days, with their text, comments, files and events, uploads that nobody completed, and what deleted projects and workspaces left behind.";
    const SCHEDULE: &'static str = "cron(30 2 ? * SUN *)";
    type Uses = (Table<Write>, DueIndex, Purging);
    const TIMEOUT: u32 = 900;

    async fn run(run: Run<Self>) -> Result<()> {
        let (mut allowance, mut failures) = (Allowance::new(ITEMS_A_RUN), Failures::default());
        forget_uploads(&run, &mut failures).await?;
        purge(&run, &mut allowance, &mut failures).await?;
        failures.end()
    }
}

async fn purge(run: &Run<Cleanup>, allowance: &mut Allowance, failures: &mut Failures) -> Result<()> {
    let (table, index): (&Table<Write>, &DueIndex) = (run.uses(), run.uses());
    let (files, mut walk): (&Purging, _) = (run.uses(), DueWalk::default());
    while let Some(due) = walk.next(|shard, after| index.purges(run.now, shard, after)).await? {
        for (scope, purge) in &due {
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
    }
    Ok(())
}

async fn forget_uploads(run: &Run<Cleanup>, failures: &mut Failures) -> Result<()> {
    let (index, mut walk): (&DueIndex, _) = (run.uses(), DueWalk::default());
    while let Some(due) = walk.next(|shard, after| index.orphaned_uploads(run.now, shard, after)).await? {
        for (scope, (task, upload)) in &due {
            failures.note(scope.workspace(), unless_raced(forget_upload(run, scope, task, upload).await));
        }
    }
    Ok(())
}

/// If another run processes the same entry, it finishes the work.
fn unless_raced(done: Result<()>) -> Result<()> {
    match done {
        Err(Error::Raced) => Ok(()),
        other => other,
    }
}

/// Deletes the files first, both uploads and copies, since nothing would find them once the table has no record. A
/// resumed import copies its files again.
async fn forget_upload(
    run: &Run<Cleanup>,
    scope: &Scope<Internal>,
    task: &TaskKey,
    upload: &AttachmentId,
) -> Result<()> {
    let (table, files): (&Table<Write>, &Purging) = (run.uses(), run.uses());
    let (_, begun) = table.attachment_or_upload(scope, task, upload).await?;
    let Some(begun) = begun.filter(|begun| begun.value.expires_at() <= run.now) else { return Ok(()) };
    files.blobs().remove_all(&[key::upload, key::file].map(|key| key(scope, task, upload))).await?;
    let mut change = Transaction::internal(scope);
    change.delete(&begun);
    table.commit(change).await
}
