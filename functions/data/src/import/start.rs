//! Starting an import whose file was uploaded.

use super::ImportTasks;
use crate::parts::resource::Import;
use millrace_domain::{
    Error,
    id::{EventId, ImportId},
    import::progress::ImportState,
};
use millrace_endpoint::{Call, Created, Result, Table, Write, blobs::Blobs, capability::Sender};
use millrace_platform::{
    blobs::{ReceiveImport, key},
    queue::ImportStep,
};
use millrace_store::{Scope, Transaction, import::ImportRecord};

/// Starts an import. Does nothing if it was started before.
pub(crate) async fn start(call: &Call<ImportTasks>, id: &ImportId) -> Result<Created<Import>> {
    let (table, sent): (&Table<Write>, _) = (call.table(), &call.body.0);
    let read = |scope| async move {
        if *id.project() != sent.project {
            return Err(Error::not_found("import"));
        }
        table.import(&scope, id).await
    };
    let (scope, (stored, _)) = call.authorize(read).await?;
    sent.check()?;
    let import = &stored.value;
    let dry_run = sent.dry_run.unwrap_or(true);
    match import.state {
        ImportState::Done => return Ok(Created(Import::of(import, None))),
        ImportState::Checking | ImportState::Running => {
            // The message may be what got lost.
            go_on(call, &scope, import).await?;
            return Ok(Created(Import::of(import, None)));
        }
        ImportState::Waiting | ImportState::Checked | ImportState::Failed => {}
    }
    let changes =
        sent.mapping.is_some() || sent.choices.is_some() || sent.archived.is_some() || sent.make_columns.is_some();
    if import.first.is_some() && (dry_run || changes) {
        let detail = "Some of its tasks are made already: it can only be carried on, as it was begun.";
        return Err(Error::conflict(detail));
    }
    let blobs: &Blobs<ReceiveImport> = call.uses();
    let arrived = blobs.head(&key::import(&scope, id)).await?;
    let arrived = arrived.ok_or_else(|| Error::conflict("The file has not arrived. Send it first."))?;
    if arrived.size != import.size {
        let message = format!("is {} bytes, and {} were announced", arrived.size, import.size);
        return Err(Error::field("size", message));
    }
    let started = ImportRecord {
        mapping: sent.mapping.clone().or_else(|| import.mapping.clone()),
        choices: sent.choices.clone().unwrap_or_else(|| import.choices.clone()),
        archived: sent.archived.unwrap_or(import.archived),
        zone: import.zone.clone().filter(|_| !dry_run),
        make_columns: sent.make_columns.unwrap_or(import.make_columns),
        by: scope.person().clone(),
        actor: scope.actor(),
        state: if dry_run { ImportState::Checking } else { ImportState::Running },
        run: import.run + 1,
        // A file may be sent again until the first of its tasks is made.
        etag: import.etag.clone().filter(|_| import.first.is_some()),
        batch: import.batch.or_else(|| Some(EventId::at(call.now))),
        failure: None,
        updated_at: call.now,
        ..import.clone()
    };
    let mut change = Transaction::by(&scope);
    change.update_import(&stored, &started);
    let answer = call.commit(change, Created(Import::of(&started, None))).await?;
    go_on(call, &scope, &started).await?;
    Ok(answer)
}

async fn go_on(call: &Call<ImportTasks>, scope: &Scope, import: &ImportRecord) -> Result<()> {
    let step = ImportStep { workspace: scope.workspace().clone(), import: import.id.clone(), run: import.run };
    call.uses::<Sender<ImportStep>, _>().send(&step).await
}
