//! Consumers: functions that a queue or the table's stream feeds. Both deliver at least once, so each consumer is
//! idempotent, and each reports what of a batch it could not do.

use crate::{
    capability::{Capabilities, Holds},
    platform::{Platform, Settings},
    queue::Message,
};
use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent};
use jiff::Timestamp;
use millrace_domain::{Error, Result};
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

    /// Does what one message says. The same message may come again.
    fn handle(delivery: Delivery<Self>) -> impl Future<Output = Result<()>> + Send;
}

/// One message, delivered.
#[derive(Clone)]
pub struct Delivery<C: Consumer> {
    /// What it says.
    pub message: Arc<C::Message>,
    /// The same for each delivery of the same message.
    pub id: String,
    /// When it was delivered.
    pub now: Timestamp,
    uses: C::Uses,
    platform: Arc<Platform>,
}

impl<C: Consumer> Delivery<C> {
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

pub(crate) async fn consume<C: Consumer>(platform: Arc<Platform>, event: Value) -> Result<Value> {
    let event: SqsEvent = serde_json::from_value(event).map_err(Error::internal)?;
    let uses = C::Uses::connect(&platform);
    let deliveries = event.records.into_iter().map(|record| {
        let (uses, platform) = (uses.clone(), platform.clone());
        async move {
            let id = record.message_id.unwrap_or_default();
            let done = async {
                let message = serde_json::from_str(record.body.as_deref().unwrap_or("")).map_err(Error::internal)?;
                let now = platform.clock.now();
                C::handle(Delivery { message: Arc::new(message), id: id.clone(), now, uses, platform }).await
            }
            .await;
            if let Err(error) = &done {
                tracing::error!(function = C::NAME, message = %id, %error, cause = ?std::error::Error::source(error), "a message was not done");
            }
            done.is_err().then_some(id)
        }
    });
    let failed = futures::future::join_all(deliveries).await;
    let mut response = SqsBatchResponse::default();
    response.batch_item_failures = failed
        .into_iter()
        .flatten()
        .map(|id| {
            let mut failure = BatchItemFailure::default();
            failure.item_identifier = id;
            failure
        })
        .collect();
    serde_json::to_value(response).map_err(Error::internal)
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
