//! The queues and their dead-letter queues.

use crate::{
    Area,
    names::{dead_letters_id, queue_id},
    template::{Resources, attribute, reference},
};
use millrace_endpoint::{
    declared::Trigger,
    queue::{QueueName, TRIES},
};
use millrace_platform::queue;
use serde_json::{Value, json};

const FOURTEEN_DAYS: u32 = 14 * 24 * 60 * 60;
/// A message that is being worked on comes to sight again after this many times its consumer's limit, as AWS advises:
/// <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html>.
const LIMITS_OUT_OF_SIGHT: u32 = 6;
const USUAL_LIMIT: u32 = 30;

/// Adds every queue, and the one that takes what of the table's stream could not be done.
pub fn add(resources: &mut Resources, areas: &[Area]) {
    let mut ids = vec!["StreamFailures".to_owned()];
    resources.add("StreamFailures", "AWS::SQS::Queue", long_kept());
    for queue in queue::ALL {
        let (id, dead) = (queue_id(*queue), dead_letters_id(*queue));
        resources.add(&dead, "AWS::SQS::Queue", long_kept());
        let properties = json!({
            "SqsManagedSseEnabled": true,
            "VisibilityTimeout": limit(areas, *queue) * LIMITS_OUT_OF_SIGHT,
            "RedrivePolicy": {"deadLetterTargetArn": attribute(&dead, "Arn"), "maxReceiveCount": TRIES},
        });
        resources.add(&id, "AWS::SQS::Queue", properties);
        ids.extend([id, dead]);
    }
    for id in ids {
        let mut document = encrypted_only(&id);
        if id == queue_id(queue::SCANS) {
            document["Statement"] = json!([document["Statement"][0], told_by_buckets(&id)]);
        }
        let policy = json!({"Queues": [reference(&id)], "PolicyDocument": document});
        resources.add(format!("{id}Policy"), "AWS::SQS::QueuePolicy", policy);
    }
}

fn long_kept() -> Value {
    json!({"SqsManagedSseEnabled": true, "MessageRetentionPeriod": FOURTEEN_DAYS})
}

fn encrypted_only(queue: &str) -> Value {
    json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Deny",
            "Principal": "*",
            "Action": ["sqs:ReceiveMessage", "sqs:SendMessage"],
            "Resource": attribute(queue, "Arn"),
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }],
    })
}

/// The statement by which this account's buckets tell of new objects. The bucket waits for it, so it cannot name it.
fn told_by_buckets(queue: &str) -> Value {
    json!({
        "Effect": "Allow",
        "Principal": {"Service": "s3.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": attribute(queue, "Arn"),
        "Condition": {"StringEquals": {"aws:SourceAccount": reference("AWS::AccountId")}},
    })
}

fn limit(areas: &[Area], queue: QueueName) -> u32 {
    let consumers = areas.iter().flat_map(|area| area.functions);
    let limits = consumers.filter(|declared| matches!(declared.trigger, Trigger::Queue(fed) if fed == queue));
    limits.map(|declared| declared.timeout).max().unwrap_or(USUAL_LIMIT)
}
