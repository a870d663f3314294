use std::collections::BTreeMap;
use std::time::Duration;

use http::HeaderValue;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::attributes::{self, Attributes};
use super::store::{self, Received, Sent, Stored};
use super::{QueueSettings, Queues};
use crate::aws::wire::{self, AWS_JSON, Answer};

/// What SQS takes in one message or one batch, in bytes.
pub(super) const SIZE_LIMIT: usize = 1024 * 1024;

/// A refusal: its name in the JSON protocol and in the older one, by which the SDK knows it.
pub(super) struct Refusal {
    pub(super) kind: &'static str,
    pub(super) code: &'static str,
    pub(super) message: String,
}

pub(super) type Result<T> = std::result::Result<T, Refusal>;

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self { kind: "InternalError", code: "InternalError", message: error.to_string() }
    }
}

pub(super) fn invalid(message: impl Into<String>) -> Refusal {
    Refusal { kind: "InvalidParameterValueException", code: "InvalidParameterValue", message: message.into() }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CreateQueue {
    queue_name: String,
    #[serde(default)]
    attributes: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct OneQueue {
    queue_url: String,
    #[serde(default)]
    attribute_names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ByName {
    queue_name: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct ListQueues {
    queue_name_prefix: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct SendMessage {
    #[serde(default)]
    pub(super) queue_url: String,
    pub(super) message_body: String,
    pub(super) delay_seconds: Option<i64>,
    #[serde(default)]
    pub(super) message_attributes: Attributes,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Receive {
    queue_url: String,
    max_number_of_messages: Option<u32>,
    visibility_timeout: Option<i64>,
    wait_time_seconds: Option<u64>,
    #[serde(default)]
    attribute_names: Vec<String>,
    #[serde(default)]
    message_system_attribute_names: Vec<String>,
    #[serde(default)]
    message_attribute_names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Handle {
    #[serde(default)]
    pub(super) queue_url: String,
    pub(super) receipt_handle: String,
    #[serde(default)]
    pub(super) visibility_timeout: i64,
}

pub(super) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T> {
    serde_json::from_slice(body).map_err(|error| invalid(error.to_string()))
}

impl Queues {
    pub(crate) async fn answer(&self, operation: &str, body: &[u8]) -> Answer {
        match self.execute(operation, body).await {
            Ok(value) => wire::answer(200, AWS_JSON, value.to_string()),
            Err(Refusal { kind, code, message }) => {
                let status = if kind == "InternalError" { 500 } else { 400 };
                let body = json!({"__type": format!("com.amazonaws.sqs#{kind}"), "message": message});
                let mut answer = wire::answer(status, AWS_JSON, body.to_string());
                let fault = if status == 400 { "Sender" } else { "Receiver" };
                if let Ok(value) = HeaderValue::from_str(&format!("{code};{fault}")) {
                    answer.headers_mut().insert("x-amzn-query-error", value);
                }
                answer
            }
        }
    }

    async fn execute(&self, operation: &str, body: &[u8]) -> Result<Value> {
        match operation {
            "CreateQueue" => self.create(&decode(body)?),
            "GetQueueUrl" => {
                let asked: ByName = decode(body)?;
                Ok(json!({"QueueUrl": self.url(&self.named(&asked.queue_name)?.name)}))
            }
            "GetQueueAttributes" => self.attributes(&decode(body)?),
            "ListQueues" => {
                let asked: ListQueues = decode(body)?;
                let queues = self.records.read(store::queues)?;
                let urls = queues.iter().filter(|q| q.name.starts_with(&asked.queue_name_prefix));
                Ok(json!({"QueueUrls": urls.map(|q| self.url(&q.name)).collect::<Vec<_>>()}))
            }
            "PurgeQueue" => {
                let asked: OneQueue = decode(body)?;
                let queue = self.at(&asked.queue_url)?;
                self.records.write(|c| store::purge(c, &queue.name))?;
                Ok(json!({}))
            }
            "SendMessage" => {
                let message: SendMessage = decode(body)?;
                let queue = self.at(&message.queue_url)?;
                self.send(&queue, &[&message])?.pop().ok_or_else(|| invalid("nothing to send"))
            }
            "ReceiveMessage" => self.receive_messages(decode(body)?).await,
            "DeleteMessage" => {
                let handle: Handle = decode(body)?;
                let queue = self.at(&handle.queue_url)?;
                self.delete(&queue, &handle)?;
                Ok(json!({}))
            }
            "ChangeMessageVisibility" => {
                let handle: Handle = decode(body)?;
                let queue = self.at(&handle.queue_url)?;
                self.hide(&queue, &handle)?;
                Ok(json!({}))
            }
            "SendMessageBatch" => self.send_batch(body),
            "DeleteMessageBatch" => self.delete_batch(body),
            "ChangeMessageVisibilityBatch" => self.hide_batch(body),
            _ => Err(Refusal {
                kind: "UnsupportedOperation",
                code: "AWS.SimpleQueueService.UnsupportedOperation",
                message: format!("the stand-in has no operation {operation}"),
            }),
        }
    }

    pub(super) fn at(&self, url: &str) -> Result<Stored> {
        self.named(url.rsplit('/').next().unwrap_or_default())
    }

    fn named(&self, name: &str) -> Result<Stored> {
        self.records.read(|c| store::queue(c, name))?.ok_or_else(|| Refusal {
            kind: "QueueDoesNotExist",
            code: "AWS.SimpleQueueService.NonExistentQueue",
            message: "The specified queue does not exist.".into(),
        })
    }

    fn create(&self, asked: &CreateQueue) -> Result<Value> {
        let name = &asked.queue_name;
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if name.is_empty() || name.len() > 80 || !name.chars().all(plain) {
            return Err(invalid("a queue's name has 1 to 80 letters, digits, hyphens and underscores"));
        }
        let wanted = Stored::new(name, &settings(&asked.attributes)?);
        match self.records.read(|c| store::queue(c, name))? {
            Some(existing) if existing == wanted || asked.attributes.is_empty() => {}
            Some(_) => {
                return Err(Refusal {
                    kind: "QueueNameExists",
                    code: "QueueAlreadyExists",
                    message: "A queue already exists with the same name and a different value for an attribute".into(),
                });
            }
            None => self.records.write(|c| store::declare(c, &wanted))?,
        }
        Ok(json!({"QueueUrl": self.url(name)}))
    }

    fn attributes(&self, asked: &OneQueue) -> Result<Value> {
        let queue = self.at(&asked.queue_url)?;
        let depths = self.records.read(|c| store::depths(c, self.now_ms()))?;
        let depth = depths.into_iter().find(|d| d.name == queue.name).unwrap_or_default();
        let mut all = vec![
            ("QueueArn", self.arn(&queue.name)),
            ("VisibilityTimeout", (queue.visibility / 1000).to_string()),
            ("DelaySeconds", (queue.delay / 1000).to_string()),
            ("MaximumMessageSize", SIZE_LIMIT.to_string()),
            ("ApproximateNumberOfMessages", depth.visible.to_string()),
            ("ApproximateNumberOfMessagesNotVisible", depth.in_flight.to_string()),
            ("ApproximateNumberOfMessagesDelayed", depth.delayed.to_string()),
        ];
        if let Some(dead_letters) = &queue.dead_letters {
            let policy = json!({"deadLetterTargetArn": self.arn(dead_letters),
                "maxReceiveCount": queue.max_receives});
            all.push(("RedrivePolicy", policy.to_string()));
        }
        let named: Map<String, Value> = all
            .into_iter()
            .filter(|(name, _)| attributes::asked(&asked.attribute_names, name))
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        Ok(json!({"Attributes": named}))
    }

    /// Sends all or, when one is refused, none.
    pub(super) fn send(&self, queue: &Stored, messages: &[&SendMessage]) -> Result<Vec<Value>> {
        let mut prepared = Vec::with_capacity(messages.len());
        let mut answers = Vec::with_capacity(messages.len());
        for message in messages {
            if message.message_body.is_empty() || message.message_body.len() > SIZE_LIMIT {
                return Err(invalid("a message has 1 byte to 1 MiB"));
            }
            let delay = match message.delay_seconds {
                None => queue.delay,
                Some(seconds @ 0..=900) => seconds * 1000,
                Some(_) => return Err(invalid("DelaySeconds is 0 to 900")),
            };
            let id = ulid::Ulid::generate().to_string();
            let mut answer = json!({"MessageId": id,
                "MD5OfMessageBody": attributes::md5_of_body(&message.message_body)});
            if let Some(md5) = attributes::md5_of_attributes(&message.message_attributes) {
                answer["MD5OfMessageAttributes"] = md5.into();
            }
            answers.push(answer);
            prepared.push((id, json!(message.message_attributes).to_string(), delay));
        }
        let now = self.now_ms();
        self.records.write(|c| {
            for (message, (message_id, attributes, delay)) in messages.iter().zip(&prepared) {
                let sent = Sent { message_id, body: &message.message_body, attributes, delay: *delay };
                store::send(c, &queue.name, &sent, now)?;
            }
            Ok(())
        })?;
        self.arrived(&queue.name);
        Ok(answers)
    }

    async fn receive_messages(&self, asked: Receive) -> Result<Value> {
        let queue = self.at(&asked.queue_url)?;
        let most = asked.max_number_of_messages.unwrap_or(1);
        let wait = asked.wait_time_seconds.unwrap_or(0);
        if !(1..=10).contains(&most) || wait > 20 {
            return Err(invalid("MaxNumberOfMessages is 1 to 10, WaitTimeSeconds 0 to 20"));
        }
        let visibility = match asked.visibility_timeout {
            None => queue.visibility,
            Some(seconds) => visibility(seconds)?,
        };
        let messages = self.receive(&queue, most, visibility, Duration::from_secs(wait)).await?;
        let messages: Vec<Value> = messages.iter().map(|m| self.message(m, &asked)).collect();
        Ok(if messages.is_empty() { json!({}) } else { json!({"Messages": messages}) })
    }

    fn message(&self, message: &Received, asked: &Receive) -> Value {
        let mut system = vec![
            ("ApproximateReceiveCount", message.receives.to_string()),
            ("ApproximateFirstReceiveTimestamp", message.first_received.to_string()),
            ("SentTimestamp", message.sent.to_string()),
            ("SenderId", crate::aws::ACCOUNT.to_owned()),
        ];
        if let Some(source) = &message.source {
            system.push(("DeadLetterQueueSourceArn", self.arn(source)));
        }
        let wanted = |name: &str| {
            attributes::asked(&asked.attribute_names, name)
                || attributes::asked(&asked.message_system_attribute_names, name)
        };
        let system: Map<String, Value> =
            system.into_iter().filter(|(n, _)| wanted(n)).map(|(n, v)| (n.into(), v.into())).collect();
        let mut own: Attributes = serde_json::from_str(&message.attributes).unwrap_or_default();
        own.retain(|name, _| attributes::asked(&asked.message_attribute_names, name));
        let mut out = json!({"MessageId": message.message_id, "ReceiptHandle": message.receipt,
            "Body": message.body, "MD5OfBody": attributes::md5_of_body(&message.body)});
        if !system.is_empty() {
            out["Attributes"] = system.into();
        }
        if let Some(md5) = attributes::md5_of_attributes(&own) {
            out["MD5OfMessageAttributes"] = md5.into();
            out["MessageAttributes"] = json!(own);
        }
        out
    }

    pub(super) fn delete(&self, queue: &Stored, handle: &Handle) -> Result<()> {
        check(handle)?;
        self.records.write(|c| store::delete(c, &queue.name, &handle.receipt_handle))?;
        Ok(())
    }

    pub(super) fn hide(&self, queue: &Stored, handle: &Handle) -> Result<()> {
        check(handle)?;
        let (visibility, now) = (visibility(handle.visibility_timeout)?, self.now_ms());
        if !self.records.write(|c| store::hide(c, &queue.name, &handle.receipt_handle, visibility, now))? {
            return Err(Refusal {
                kind: "MessageNotInflight",
                code: "AWS.SimpleQueueService.MessageNotInflight",
                message: "The message is not in flight.".into(),
            });
        }
        self.arrived(&queue.name);
        Ok(())
    }
}

fn check(handle: &Handle) -> Result<()> {
    let number = handle.receipt_handle.split('.').next().unwrap_or_default();
    number.parse::<i64>().map(drop).map_err(|_| Refusal {
        kind: "ReceiptHandleIsInvalid",
        code: "ReceiptHandleIsInvalid",
        message: "The input receipt handle is invalid.".into(),
    })
}

fn visibility(seconds: i64) -> Result<i64> {
    match seconds {
        0..=43_200 => Ok(seconds * 1000),
        _ => Err(invalid("VisibilityTimeout is 0 to 43200 seconds")),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RedrivePolicy {
    dead_letter_target_arn: String,
    // AWS takes it as a number and as a string.
    max_receive_count: Value,
}

fn settings(attributes: &BTreeMap<String, String>) -> Result<QueueSettings> {
    let mut settings = QueueSettings::default();
    for (name, value) in attributes {
        let seconds = || value.parse().map(Duration::from_secs).map_err(|_| invalid(format!("{name}: {value}")));
        match name.as_str() {
            "VisibilityTimeout" => settings.visibility = seconds()?,
            "DelaySeconds" => settings.delay = seconds()?,
            "RedrivePolicy" => {
                let policy: RedrivePolicy = decode(value.as_bytes())?;
                let count = match &policy.max_receive_count {
                    Value::String(text) => text.parse().ok(),
                    number => number.as_u64().and_then(|n| u32::try_from(n).ok()),
                };
                let name = policy.dead_letter_target_arn.rsplit(':').next().unwrap_or_default();
                let count = count.filter(|n| *n > 0).ok_or_else(|| invalid("maxReceiveCount is 1 to 1000"))?;
                settings.dead_letters = Some((name.into(), count));
            }
            // What only costs or lasts differently on AWS.
            "MessageRetentionPeriod"
            | "ReceiveMessageWaitTimeSeconds"
            | "SqsManagedSseEnabled"
            | "KmsMasterKeyId"
            | "MaximumMessageSize"
            | "Policy"
            | "RedriveAllowPolicy" => {}
            _ => return Err(invalid(format!("the stand-in has no attribute {name}"))),
        }
    }
    Ok(settings)
}
