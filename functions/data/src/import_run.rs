//! data-import-run

use crate::parts::delivery::Run;
use millrace_domain::{Error, id::EventId, import::progress::ImportState};
use millrace_endpoint::{Consumer, Delivery, Result, Table, Write, blobs::Blobs, capability::Sender, racing::again};
use millrace_platform::{
    blobs::{CarryFiles, ListProblems, ReadImport},
    queue::ImportStep,
};
use std::{
    sync::Mutex,
    time::{Duration, Instant},
};

/// Takes imports further: reads the file, and makes tasks until there are none left or the time is over.
///
/// Where it goes on stands in the import itself, and moves in the transaction that makes the tasks: a message that comes
/// again, or two that come at once, make none twice.
#[derive(Clone)]
pub struct ImportRun;

/// No further transaction is begun after this. What is left goes on with a message of its own.
const WORKS: Duration = Duration::from_secs(200);

impl Consumer for ImportRun {
    const NAME: &'static str = "data-import-run";
    const ABOUT: &'static str = "Takes an import further: reads and checks its file, makes what the project lacks, and its tasks in transactions of some thirty, with the files that come along, and goes on with a message of its own before its time is over.";
    type Message = ImportStep;
    type Uses = (Table<Write>, Blobs<ReadImport>, Blobs<ListProblems>, Blobs<CarryFiles>, Sender<ImportStep>);
    const TIMEOUT: u32 = 300;
    // A file of 100 MB, what is read of it, and at the worst sixteen times the 16 MB of one task.
    const MEMORY: u32 = 2_048;

    async fn handle(delivery: Delivery<Self>) -> Result<()> {
        take_further(&delivery, Instant::now() + WORKS).await
    }

    /// One after the other: each may take all of the memory.
    async fn handle_all(deliveries: Vec<Delivery<Self>>) -> Vec<Result<()>> {
        let ends = Instant::now() + WORKS;
        let mut done = Vec::with_capacity(deliveries.len());
        for delivery in deliveries {
            done.push(take_further(&delivery, ends).await);
        }
        done
    }
}

async fn take_further(delivery: &Delivery<ImportRun>, ends: Instant) -> Result<()> {
    let step = &*delivery.message;
    let sender: &Sender<ImportStep> = delivery.uses();
    if Instant::now() >= ends {
        return sender.send(step).await;
    }
    let run = Run {
        table: delivery.uses(),
        blobs: delivery.uses(),
        listing: delivery.uses(),
        carrying: delivery.uses(),
        scope: delivery.scope(|step| &step.workspace),
        began: (delivery.now, Instant::now()),
        ends,
        last: Mutex::new(EventId::nil()),
    };
    let result = again(|| run.go(step)).await;
    match result {
        Ok(true) => Ok(()),
        Ok(false) => sender.send(step).await,
        // Whoever imports is told; the rest of the file is still there to be carried on.
        Err(error) if delivery.is_last_try() => {
            let message = match &error {
                Error::Invalid(_) | Error::Conflict { .. } => error.to_string(),
                _ => "It broke off. Start it again to carry it on.".to_owned(),
            };
            again(|| run.end(step, ImportState::Failed, Some(message.clone()))).await?;
            Err(error)
        }
        Err(error) => Err(error),
    }
}
