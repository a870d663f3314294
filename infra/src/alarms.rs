//! Alarms, all of which notify one topic.

use crate::{
    names::{dead_letters_id, function_id, queue_id},
    policy::LOG_GROUP,
    template::{Resources, attribute, logical, reference, text_with},
};
use millrace_endpoint::Declared;
use millrace_platform::queue;
use serde_json::{Value, json};

/// What a log line looks like that says that something is broken: ours by level or status, AWS's by its report.
const BROKEN: &str = r#"{ ($.level = "ERROR") || ($.status >= 500) || ($.record.status = "error") || ($.record.status = "failure") || ($.record.status = "timeout") }"#;

struct Alarm<'a> {
    about: &'a str,
    namespace: Value,
    metric: &'a str,
    dimensions: Value,
    statistic: &'a str,
    above: u32,
    /// How many of the last five minutes must be above.
    minutes: u32,
}

impl Alarm<'_> {
    fn properties(&self, topic: Value) -> Value {
        json!({
            "AlarmDescription": self.about,
            "Namespace": self.namespace,
            "MetricName": self.metric,
            "Dimensions": self.dimensions,
            "Statistic": self.statistic,
            "ComparisonOperator": "GreaterThanThreshold",
            "Threshold": self.above,
            "Period": 60,
            "EvaluationPeriods": 5,
            "DatapointsToAlarm": self.minutes,
            "TreatMissingData": "notBreaching",
            "AlarmActions": [topic],
            "OKActions": [topic],
        })
    }
}

/// The alarm on broken calls of an area. It counts log lines: one metric for all functions of the area, where metrics
/// of Lambda itself would take an alarm a function.
pub fn add_errors(resources: &mut Resources, area: &str) {
    let metric = format!("{area}-errors");
    let namespace = text_with("Millrace/${Prefix}");
    let filter = json!({
        "LogGroupName": reference(LOG_GROUP),
        "FilterPattern": BROKEN,
        "MetricTransformations": [
            {"MetricName": metric, "MetricNamespace": namespace, "MetricValue": "1", "DefaultValue": 0},
        ],
    });
    resources.add("Errors", "AWS::Logs::MetricFilter", filter);
    let about = format!("Calls of the {area} area break");
    let alarm = Alarm {
        about: &about,
        namespace,
        metric: &metric,
        dimensions: json!([]),
        statistic: "Sum",
        above: 0,
        minutes: 1,
    };
    resources.add("ErrorsAlarm", "AWS::CloudWatch::Alarm", alarm.properties(reference("AlarmTopicArn")));
}

/// The alarm on a consumer that falls behind the table's stream.
pub fn add_iterator_age(resources: &mut Resources, declared: &Declared) {
    let alarm = Alarm {
        about: "Committed events wait to be sent on",
        namespace: json!("AWS/Lambda"),
        metric: "IteratorAge",
        dimensions: json!([{"Name": "FunctionName", "Value": reference(&function_id(declared))}]),
        statistic: "Maximum",
        above: 30_000,
        minutes: 3,
    };
    let id = format!("{}AgeAlarm", logical(declared.name));
    resources.add(id, "AWS::CloudWatch::Alarm", alarm.properties(reference("AlarmTopicArn")));
}

/// The topic, and the alarms on what belongs to no area.
pub fn add(resources: &mut Resources) {
    resources.add("AlarmTopic", "AWS::SNS::Topic", json!({"DisplayName": text_with("Millrace ${Stage}")}));
    let subscription =
        json!({"TopicArn": reference("AlarmTopic"), "Protocol": "email", "Endpoint": reference("AlarmEmail")});
    resources.add_with(
        "AlarmSubscription",
        "AWS::SNS::Subscription",
        subscription,
        json!({"Condition": "HasAlarmEmail"}),
    );

    let mut add = |id: String, alarm: Alarm<'_>| {
        resources.add(id, "AWS::CloudWatch::Alarm", alarm.properties(reference("AlarmTopic")));
    };
    let named = |name: &str, value: Value| json!([{"Name": name, "Value": value}]);
    for queue in queue::ALL {
        let about =
            format!("Messages of the queue {} could not be done and wait with the dead letters", queue.as_str());
        let dead = dead_letters_id(*queue);
        add(format!("{dead}Alarm"), not_empty(&about, &dead));
        add(format!("{}AgeAlarm", queue_id(*queue)), waits(&queue_id(*queue)));
    }
    let about = "Batches of the table's stream could not be done";
    add("StreamFailuresAlarm".to_owned(), not_empty(about, "StreamFailures"));
    for (id, metric, namespace, dimensions, about) in [
        (
            "HttpServerErrorsAlarm",
            "5xx",
            "AWS/ApiGateway",
            named("ApiId", reference("HttpApi")),
            "The HTTP API answers with server errors",
        ),
        (
            "SocketErrorsAlarm",
            "IntegrationError",
            "AWS/ApiGateway",
            named("ApiId", reference("SocketApi")),
            "Frames of sockets break",
        ),
        (
            "ThrottlesAlarm",
            "Throttles",
            "AWS/Lambda",
            json!([]),
            "The account's limit of functions at one time is reached",
        ),
        (
            "TableReadsAlarm",
            "ReadThrottleEvents",
            "AWS/DynamoDB",
            named("TableName", reference("Table")),
            "Reads of the table are throttled",
        ),
        (
            "TableWritesAlarm",
            "WriteThrottleEvents",
            "AWS/DynamoDB",
            named("TableName", reference("Table")),
            "Writes to the table are throttled",
        ),
    ] {
        let alarm =
            Alarm { about, namespace: json!(namespace), metric, dimensions, statistic: "Sum", above: 0, minutes: 2 };
        add(id.to_owned(), alarm);
    }
}

fn not_empty<'a>(about: &'a str, queue: &str) -> Alarm<'a> {
    Alarm {
        about,
        namespace: json!("AWS/SQS"),
        metric: "ApproximateNumberOfMessagesVisible",
        dimensions: json!([{"Name": "QueueName", "Value": attribute(queue, "QueueName")}]),
        statistic: "Maximum",
        above: 0,
        minutes: 1,
    }
}

fn waits(queue: &str) -> Alarm<'static> {
    Alarm {
        about: "Messages wait for longer than five minutes",
        namespace: json!("AWS/SQS"),
        metric: "ApproximateAgeOfOldestMessage",
        dimensions: json!([{"Name": "QueueName", "Value": attribute(queue, "QueueName")}]),
        statistic: "Maximum",
        above: 300,
        minutes: 3,
    }
}
