//! How much waits in the queues.

use crate::queue;
use aws_sdk_sqs::{error::DisplayErrorContext, types::QueueAttributeName};
use millrace_domain::{Error, Result};
use millrace_endpoint::{
    capability::{Capability, Grant, Resource},
    platform::{Platform, Settings},
    queue::QueueName,
};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// Tells how much waits in the deployment's queues, and nothing of what it says.
#[derive(Clone)]
pub struct QueueDepths(Arc<Platform>);

/// How much is in a queue. SQS counts approximately.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct QueueDepth {
    /// The queue.
    pub name: String,
    /// Messages that wait.
    pub waiting: u64,
    /// Messages that are being worked on.
    pub in_flight: u64,
    /// Messages that wait for their time.
    pub delayed: u64,
    /// Messages that could not be done, however often they were tried.
    pub dead_letters: u64,
}

impl QueueDepths {
    /// All queues, in one round trip.
    ///
    /// # Errors
    /// [`Error::Internal`] where a queue does not answer.
    pub async fn read(&self) -> Result<Vec<QueueDepth>> {
        let Settings { queues, dead_letters, .. } = &self.0.settings;
        let depths = queue::ALL.iter().map(|queue| async move {
            let (depth, dead) = futures::try_join!(
                self.counts(queues.get(queue.as_str()), *queue),
                self.counts(dead_letters.get(queue.as_str()), *queue),
            )?;
            let ([waiting, in_flight, delayed], name) = (depth, queue.as_str().to_owned());
            Ok(QueueDepth { name, waiting, in_flight, delayed, dead_letters: dead.iter().sum() })
        });
        futures::future::try_join_all(depths).await
    }

    async fn counts(&self, url: Option<&String>, queue: QueueName) -> Result<[u64; 3]> {
        let url = url.ok_or_else(|| Error::internal(format!("{} is not set", queue.variable())))?;
        let names = [
            QueueAttributeName::ApproximateNumberOfMessages,
            QueueAttributeName::ApproximateNumberOfMessagesNotVisible,
            QueueAttributeName::ApproximateNumberOfMessagesDelayed,
        ];
        let asked = self.0.sqs().get_queue_attributes().queue_url(url).set_attribute_names(Some(names.to_vec()));
        let answer = asked.send().await.map_err(|error| Error::internal(DisplayErrorContext(error).to_string()))?;
        let mut counts = [0; 3];
        for (count, name) in counts.iter_mut().zip(&names) {
            let digits = answer.attributes().and_then(|attributes| attributes.get(name));
            let digits = digits.ok_or_else(|| Error::internal(format!("{} has no {name}", queue.as_str())))?;
            *count = digits.parse().map_err(Error::internal)?;
        }
        Ok(counts)
    }
}

const DEPTH: &[&str] = &["sqs:GetQueueAttributes"];

/// Reading the attributes of every queue and of every queue's dead letters.
const EVERY_DEPTH: [Grant; queue::ALL.len() * 2] = {
    let nothing = Grant { actions: DEPTH, resource: Resource::Queue(queue::MAIL) };
    let mut grants = [nothing; queue::ALL.len() * 2];
    let mut index = 0;
    while index < queue::ALL.len() {
        let queue = queue::ALL[index];
        grants[2 * index] = Grant { actions: DEPTH, resource: Resource::Queue(queue) };
        grants[2 * index + 1] = Grant { actions: DEPTH, resource: Resource::DeadLetters(queue) };
        index += 1;
    }
    grants
};

impl Capability for QueueDepths {
    const GRANTS: &'static [Grant] = &EVERY_DEPTH;
    fn connect(platform: &Arc<Platform>) -> Self {
        Self(platform.clone())
    }
}
