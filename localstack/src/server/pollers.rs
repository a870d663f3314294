//! Event source mappings: polling the stream and the queues, and invoking consumers.

use super::{System, provision::TABLE};
use aws_sdk_sqs::types::{DeleteMessageBatchRequestEntry, Message, MessageSystemAttributeName};
use millrace_endpoint::{
    declared::{Invoke, Trigger},
    queue::QueueName,
};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use tokio::{sync::watch, task::JoinSet, time::Instant};

/// How many records one call of a stream's consumer gets.
const RECORDS_AT_ONCE: usize = 100;
/// After how many records that were passed the stream lets go of them: at each batch it would keep writes waiting.
const TRIM_AFTER: usize = 1000;
/// How often a batch is tried before it is left behind, as the deployed mapping does.
const TRIES: u32 = 5;
/// How often expired items are looked for.
const SWEEP: Duration = Duration::from_secs(20);

/// How far the stream was taken.
#[derive(Default)]
pub(crate) struct StreamProgress {
    done: watch::Sender<u64>,
}

pub(crate) fn start(system: &Arc<System>, tasks: &mut JoinSet<()>) {
    for declared in system.functions.clone() {
        let Some(invoke) = declared.invoke else { continue };
        match declared.trigger {
            Trigger::Stream => drop(tasks.spawn(take_stream(system.clone(), declared.name, invoke))),
            Trigger::Queue(queue) => drop(tasks.spawn(take_queue(system.clone(), queue, invoke))),
            Trigger::Http(_) | Trigger::Socket(_) | Trigger::Schedule(_) => {}
        }
    }
    tasks.spawn(sweep(system.clone()));
}

async fn take_stream(system: Arc<System>, reader: &'static str, invoke: Invoke) {
    let table = system.stand_ins.table();
    let mut changes = table.changes();
    // What an earlier run left goes with the first batch.
    let mut passed = TRIM_AFTER;
    loop {
        let seen = *changes.borrow_and_update();
        if let Err(error) = drain(&system, reader, invoke, &mut passed).await {
            tracing::error!(%error, reader, "the stream cannot be read");
            tokio::time::sleep(Duration::from_secs(1)).await;
            continue;
        }
        system.stream.done.send_replace(seen);
        if changes.changed().await.is_err() {
            return;
        }
    }
}

async fn drain(
    system: &Arc<System>,
    reader: &str,
    invoke: Invoke,
    passed: &mut usize,
) -> Result<(), crate::aws::StandInError> {
    let table = system.stand_ins.table();
    let mut position = table.cursor(reader)?;
    loop {
        let records = table.records_after(TABLE, position.as_deref(), RECORDS_AT_ONCE)?;
        let last = records.last().and_then(|record| record["dynamodb"]["SequenceNumber"].as_str()).map(str::to_owned);
        let Some(last) = last else { return Ok(()) };
        *passed += records.len();
        let events: Vec<Value> = records.into_iter().filter(is_event).collect();
        if !events.is_empty() {
            deliver(system, reader, invoke, &json!({"Records": events})).await;
        }
        table.set_cursor(reader, &last)?;
        if *passed >= TRIM_AFTER {
            table.trim_stream(TABLE, &last)?;
            *passed = 0;
        }
        position = Some(last);
    }
}

/// The filter of the deployed mapping: committed events alone.
fn is_event(record: &Value) -> bool {
    record["eventName"] == "INSERT" && record["dynamodb"]["NewImage"]["event"]["S"].is_string()
}

async fn deliver(system: &Arc<System>, reader: &str, invoke: Invoke, batch: &Value) {
    for tried in 1..=TRIES {
        let failed = match invoke(system.platform.clone(), batch.clone()).await {
            Ok(answer) => answer["batchItemFailures"].as_array().is_some_and(|failures| !failures.is_empty()),
            Err(error) => {
                tracing::error!(%error, reader, "a batch failed");
                true
            }
        };
        if !failed {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50u64 << tried)).await;
    }
    tracing::error!(reader, records = %batch, "a batch was left behind");
}

async fn take_queue(system: Arc<System>, queue: QueueName, invoke: Invoke) {
    let Some(url) = system.platform.settings.queues.get(queue.as_str()).cloned() else { return };
    let client = aws_sdk_sqs::Client::new(&system.stand_ins.sdk_config());
    loop {
        let receive = client.receive_message().queue_url(&url).max_number_of_messages(10).wait_time_seconds(20);
        let received =
            receive.message_system_attribute_names(MessageSystemAttributeName::ApproximateReceiveCount).send().await;
        let messages = match received {
            Ok(received) => received.messages.unwrap_or_default(),
            Err(error) => {
                tracing::error!(error = %aws_sdk_sqs::error::DisplayErrorContext(error), queue = queue.as_str(), "the queue cannot be read");
                tokio::time::sleep(Duration::from_secs(1)).await;
                continue;
            }
        };
        if messages.is_empty() {
            continue;
        }
        let records: Vec<Value> = messages
            .iter()
            .map(|message| {
                let attributes = message.attributes().into_iter().flatten();
                let attributes: serde_json::Map<String, Value> =
                    attributes.map(|(name, value)| (name.as_str().to_owned(), json!(value))).collect();
                json!({
                    "messageId": message.message_id(), "receiptHandle": message.receipt_handle(), "body": message.body(),
                    "attributes": attributes, "messageAttributes": {}, "eventSource": "aws:sqs", "awsRegion": "us-east-1",
                })
            })
            .collect();
        let failed: Vec<String> = match invoke(system.platform.clone(), json!({"Records": records})).await {
            Ok(answer) => {
                let failures = answer["batchItemFailures"].as_array().cloned().unwrap_or_default();
                failures.iter().filter_map(|failure| failure["itemIdentifier"].as_str().map(str::to_owned)).collect()
            }
            Err(error) => {
                tracing::error!(%error, queue = queue.as_str(), "a batch failed");
                continue;
            }
        };
        let served = messages.iter().filter(|message| !failed.iter().any(|id| message.message_id() == Some(id)));
        if let Err(error) = forget(&client, &url, served).await {
            tracing::error!(error = %aws_sdk_sqs::error::DisplayErrorContext(error), queue = queue.as_str(), "messages will come again");
        }
    }
}

/// Takes messages that were served out of their queue.
async fn forget(
    client: &aws_sdk_sqs::Client,
    url: &str,
    served: impl Iterator<Item = &Message>,
) -> Result<(), aws_sdk_sqs::Error> {
    let entry = |(number, message): (usize, &Message)| {
        let entry = DeleteMessageBatchRequestEntry::builder().id(number.to_string());
        entry.receipt_handle(message.receipt_handle().unwrap_or_default()).build()
    };
    let entries: Vec<_> = served.enumerate().map(entry).collect::<Result<_, _>>()?;
    if !entries.is_empty() {
        client.delete_message_batch().queue_url(url).set_entries(Some(entries)).send().await?;
    }
    Ok(())
}

async fn sweep(system: Arc<System>) {
    let mut moved = system.clock.moved();
    loop {
        let stand_ins = system.stand_ins.clone();
        let swept = tokio::task::spawn_blocking(move || stand_ins.table().sweep_expired()).await;
        if let Ok(Err(error)) = swept {
            tracing::error!(%error, "expired items were not swept");
        }
        // Whether the clock was moved or time went by, it is time to look again.
        drop(tokio::time::timeout(SWEEP, moved.changed()).await);
        system.stand_ins.clock_moved();
    }
}

impl System {
    pub(crate) async fn idle(&self, patience: Duration) -> bool {
        let deadline = Instant::now() + patience;
        let mut done = self.stream.done.subscribe();
        let mut changes = self.stand_ins.table().changes();
        loop {
            let (taken, changed) = (*done.borrow_and_update(), *changes.borrow_and_update());
            let reads_stream = self.functions.iter().any(|declared| matches!(declared.trigger, Trigger::Stream));
            if (taken == changed || !reads_stream) && self.stand_ins.queues().is_idle().unwrap_or(false) {
                return true;
            }
            // Queues tell nobody when they are empty: they are looked at again after a moment.
            let moment = Instant::now() + Duration::from_millis(5);
            if Instant::now() >= deadline {
                return false;
            }
            tokio::select! {
                _ = done.changed() => {}
                () = tokio::time::sleep_until(moment.min(deadline)) => {}
            }
        }
    }
}
