//! Consumers: functions fed by a queue or the table's stream. Both deliver at least once, so each consumer is
//! idempotent and reports the records that failed.

use crate::{
    capability::{Capabilities, Holds},
    platform::{Platform, Settings},
    queue::{Message, TRIES},
};
use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent};
use jiff::Timestamp;
use millrace_domain::{Error, Result, id::WorkspaceId};
use millrace_store::{
    Scope,
    scope::{Internal, Provenance},
};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

/// A function that a queue feeds.
pub trait Consumer: Clone + Send + Sync + Sized + 'static {
    /// The function's name.
    const NAME: &'static str;
    /// What it is for, for the reference.
    const ABOUT: &'static str;
    /// What the queue holds.
    type Message: Message;
    /// The only capabilities that its code gets, and the only ones that its role grants.
    type Uses: Capabilities;
    /// Seconds after which AWS ends a batch.
    const TIMEOUT: u32 = 30;
    /// Megabytes of memory.
    const MEMORY: u32 = 256;

    /// Does what one message says. The same message may come again.
    fn handle(delivery: Delivery<Self>) -> impl Future<Output = Result<()>> + Send;

    /// Does what the messages of one batch say, and tells of each how it went. All at once, unless a consumer can do
    /// several in one step.
    fn handle_all(deliveries: Vec<Delivery<Self>>) -> impl Future<Output = Vec<Result<()>>> + Send {
        futures::future::join_all(deliveries.into_iter().map(Self::handle))
    }
}

/// After the first failure a message comes again after this many seconds, after each further one after four times as many.
const FIRST_PAUSE: u32 = 15;
/// No pause is longer than this: a message that a consumer holds may be hidden for twelve hours in all.
const LONGEST_PAUSE: u32 = 60 * 60;

/// How many seconds a message pauses that failed for the `tries`th time.
fn pause(tries: u32) -> u32 {
    FIRST_PAUSE.saturating_mul(4u32.saturating_pow(tries.saturating_sub(1))).min(LONGEST_PAUSE)
}

/// One message, delivered.
#[derive(Clone)]
pub struct Delivery<C: Consumer> {
    /// The message.
    pub message: Arc<C::Message>,
    /// The same for each delivery of the same message.
    pub id: String,
    /// How often it was delivered, with this time.
    pub tries: u32,
    /// When it was delivered.
    pub now: Timestamp,
    uses: C::Uses,
    platform: Arc<Platform>,
}

impl<C: Consumer> Delivery<C> {
    /// A scope for what the message says, in the workspace that it names itself.
    pub fn scope(
        &self,
        workspace: impl for<'message> FnOnce(&'message C::Message) -> &'message WorkspaceId,
    ) -> Scope<Internal> {
        Scope::internal(&Named(workspace(&self.message)))
    }
    /// As [`Delivery::scope`], for a message that may name no workspace.
    pub fn scope_where(
        &self,
        workspace: impl for<'message> FnOnce(&'message C::Message) -> Option<&'message WorkspaceId>,
    ) -> Option<Scope<Internal>> {
        workspace(&self.message).map(|workspace| Scope::internal(&Named(workspace)))
    }
    /// Whether it goes to the dead letters if it fails once more.
    pub fn is_last_try(&self) -> bool {
        self.tries >= TRIES
    }
    /// A capability that was declared.
    pub fn uses<Capability, P>(&self) -> &Capability
    where
        C::Uses: Holds<Capability, P>,
    {
        self.uses.held()
    }
    /// The deployment's settings.
    pub fn settings(&self) -> &Settings {
        &self.platform.settings
    }
}

/// The workspace that something names which AWS handed to us.
struct Named<'message>(&'message WorkspaceId);

impl Provenance for Named<'_> {
    fn workspace(&self) -> &WorkspaceId {
        self.0
    }
}

/// A message of a batch, as it came.
struct Received {
    id: String,
    receipt: String,
    tries: u32,
}

pub(crate) async fn consume<C: Consumer>(platform: Arc<Platform>, event: Value) -> Result<Value> {
    let event: SqsEvent = serde_json::from_value(event).map_err(Error::internal)?;
    let (uses, now) = (C::Uses::connect(&platform), platform.clock.now());
    let (mut received, mut deliveries, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    for record in event.records {
        let tries = record.attributes.get("ApproximateReceiveCount").and_then(|count| count.parse().ok());
        let message = Received {
            id: record.message_id.unwrap_or_default(),
            receipt: record.receipt_handle.unwrap_or_default(),
            tries: tries.unwrap_or(1),
        };
        // What cannot be read takes nothing else of its batch with it.
        match serde_json::from_str(record.body.as_deref().unwrap_or("")) {
            Ok(said) => {
                deliveries.push(Delivery {
                    message: Arc::new(said),
                    id: message.id.clone(),
                    tries: message.tries,
                    now,
                    uses: uses.clone(),
                    platform: platform.clone(),
                });
                received.push(message);
            }
            Err(error) => failed.push((message, Error::internal(error))),
        }
    }
    let done = if deliveries.is_empty() { Vec::new() } else { C::handle_all(deliveries).await };
    failed.extend(received.into_iter().zip(done).filter_map(|(message, done)| Some((message, done.err()?))));
    for (message, error) in &failed {
        tracing::error!(function = C::NAME, message = %message.id, tries = message.tries, %error, cause = ?std::error::Error::source(error), "a message was not done");
    }
    put_back::<C>(&platform, &failed).await;
    let mut response = SqsBatchResponse::default();
    response.batch_item_failures = failed
        .into_iter()
        .map(|(message, _)| {
            let mut failure = BatchItemFailure::default();
            failure.item_identifier = message.id;
            failure
        })
        .collect();
    serde_json::to_value(response).map_err(Error::internal)
}

/// Has each message that failed come again after a pause that grows with its tries. Where that cannot be said, it comes
/// again when the queue's own time is over.
async fn put_back<C: Consumer>(platform: &Platform, failed: &[(Received, Error)]) {
    let Some(url) = platform.settings.queues.get(<C::Message as Message>::QUEUE.as_str()) else { return };
    let pauses = failed.iter().filter(|(message, _)| !message.receipt.is_empty()).map(|(message, _)| async move {
        let hide = platform.sqs().change_message_visibility().queue_url(url).receipt_handle(&message.receipt);
        let seconds = i32::try_from(pause(message.tries)).unwrap_or(i32::MAX);
        if let Err(error) = hide.visibility_timeout(seconds).send().await {
            let error = aws_sdk_sqs::error::DisplayErrorContext(error);
            tracing::warn!(function = C::NAME, message = %message.id, %error, "a message pauses as its queue says");
        }
    });
    futures::future::join_all(pauses).await;
}

/// A function that the table's stream feeds with the events that were committed.
pub trait StreamConsumer: Clone + Send + Sync + Sized + 'static {
    /// The function's name.
    const NAME: &'static str;
    /// What it is for, for the reference.
    const ABOUT: &'static str;
    /// The only capabilities that its code gets, and the only ones that its role grants.
    type Uses: Capabilities;
    /// Seconds after which AWS ends a batch.
    const TIMEOUT: u32 = 30;

    /// Takes a batch, in commit order. The same batch may come again.
    ///
    /// # Errors
    /// Anything: the batch then comes again, from its beginning.
    fn handle(batch: StreamBatch<Self>) -> impl Future<Output = Result<()>> + Send;
}

/// One committed event, as the stream carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamRecord {
    /// The record's number in the stream, which grows; compared as a number, so shorter is smaller.
    pub sequence: String,
    /// The event's document.
    pub document: String,
}

impl StreamRecord {
    /// A scope for what follows from the event, in the workspace that it happened in.
    ///
    /// # Errors
    /// [`Error::Internal`] where the document names no workspace.
    pub fn scope(&self) -> Result<Scope<Internal>> {
        #[derive(Deserialize)]
        struct Happened {
            workspace: WorkspaceId,
        }
        let happened: Happened = serde_json::from_str(&self.document).map_err(Error::internal)?;
        Ok(Scope::internal(&Named(&happened.workspace)))
    }
}

/// Records of the stream.
#[derive(Clone)]
pub struct StreamBatch<C: StreamConsumer> {
    /// The records, in commit order.
    pub records: Arc<Vec<StreamRecord>>,
    /// When they were delivered.
    pub now: Timestamp,
    uses: C::Uses,
}

impl<C: StreamConsumer> StreamBatch<C> {
    /// A capability that was declared.
    pub fn uses<Capability, P>(&self) -> &Capability
    where
        C::Uses: Holds<Capability, P>,
    {
        self.uses.held()
    }
}

/// The stream's record as AWS sends it, as far as it is needed:
/// <https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-create-package.html>.
#[derive(Debug, Deserialize)]
struct WireEvent {
    #[serde(rename = "Records")]
    records: Vec<WireRecord>,
}
#[derive(Debug, Deserialize)]
struct WireRecord {
    dynamodb: WireChange,
}
#[derive(Debug, Deserialize)]
struct WireChange {
    #[serde(rename = "SequenceNumber")]
    sequence: String,
    #[serde(rename = "NewImage", default)]
    new_image: serde_json::Map<String, Value>,
}

pub(crate) async fn consume_stream<C: StreamConsumer>(platform: Arc<Platform>, event: Value) -> Result<Value> {
    let event: WireEvent = serde_json::from_value(event).map_err(Error::internal)?;
    let document = |change: &WireChange| change.new_image.get("event")?.get("S")?.as_str().map(str::to_owned);
    let records = event.records.into_iter().filter_map(|record| {
        document(&record.dynamodb).map(|document| StreamRecord { sequence: record.dynamodb.sequence, document })
    });
    let records: Vec<StreamRecord> = records.collect();
    let first = records.first().map(|record| record.sequence.clone());
    let batch =
        StreamBatch { records: Arc::new(records), now: platform.clock.now(), uses: C::Uses::connect(&platform) };
    let failed = match (first, C::handle(batch).await) {
        (Some(first), Err(error)) => {
            tracing::error!(function = C::NAME, %error, cause = ?std::error::Error::source(&error), "a batch was not done");
            vec![serde_json::json!({"itemIdentifier": first})]
        }
        _ => Vec::new(),
    };
    Ok(serde_json::json!({"batchItemFailures": failed}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_delays_grow_up_to_a_maximum() {
        assert_eq!([1, 2, 3, 4].map(pause), [15, 60, 240, 960]);
        assert_eq!(pause(40), LONGEST_PAUSE);
    }
}
