//! The dashboard: traffic, latencies, errors and queue depths.

use crate::{
    Area,
    names::{dead_letters_id, queue_id},
    template::{Resources, text_with},
};
use millrace_platform::queue;
use serde_json::{Value, json};

const WIDTH: usize = 12;
const HEIGHT: usize = 6;
const COLUMNS: usize = 2;

/// Adds the dashboard.
pub fn add(resources: &mut Resources, areas: &[Area]) {
    let metric = |namespace: &str, name: &str, dimension: &str, value: &str, statistic: &str| json!([namespace, name, dimension, value, {"stat": statistic}]);
    let http = |name: &str, statistic: &str| metric("AWS/ApiGateway", name, "ApiId", "${HttpApi}", statistic);
    let socket = |name: &str| metric("AWS/ApiGateway", name, "ApiId", "${SocketApi}", "Sum");
    let table = |name: &str| metric("AWS/DynamoDB", name, "TableName", "${Table}", "Sum");
    let each_function = |name: &str, statistic: &str| {
        let search = format!(
            "SEARCH('{{AWS/Lambda,FunctionName}} MetricName=\"{name}\" FunctionName=\"millrace-${{Stage}}-\"', '{statistic}')"
        );
        json!([{"expression": search}])
    };
    let errors = areas
        .iter()
        .map(|area| json!(["Millrace/millrace-${Stage}", format!("{}-errors", area.name), {"stat": "Sum"}]));
    let queues = queue::ALL.iter().flat_map(|queue| [queue_id(*queue), dead_letters_id(*queue)]);
    let waiting = queues.chain(["StreamFailures".to_owned()]).map(|id| {
        metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", &format!("${{{id}.QueueName}}"), "Maximum")
    });
    let graphs: Vec<(&str, Vec<Value>)> = vec![
        ("Requests", vec![http("Count", "Sum"), http("4xx", "Sum"), http("5xx", "Sum")]),
        ("Time to answer, milliseconds", vec![http("Latency", "p50"), http("Latency", "p95"), http("Latency", "p99")]),
        ("Broken calls, by area", errors.collect()),
        ("Sockets", vec![socket("ConnectCount"), socket("MessageCount"), socket("IntegrationError")]),
        ("Waiting in queues", waiting.collect()),
        ("Capacity of the table", vec![table("ConsumedReadCapacityUnits"), table("ConsumedWriteCapacityUnits")]),
        ("Slowest functions, p95 milliseconds", vec![each_function("Duration", "p95")]),
        ("Age of the stream, milliseconds", vec![each_function("IteratorAge", "Maximum")]),
    ];
    let widgets: Vec<Value> = graphs
        .into_iter()
        .enumerate()
        .map(|(place, (title, metrics))| {
            json!({
                "type": "metric",
                "x": place % COLUMNS * WIDTH,
                "y": place / COLUMNS * HEIGHT,
                "width": WIDTH,
                "height": HEIGHT,
                "properties": {"title": title, "region": "${AWS::Region}", "view": "timeSeries", "period": 60, "metrics": metrics},
            })
        })
        .collect();
    let mut body = json!({"widgets": widgets});
    body.sort_all_objects();
    let dashboard =
        json!({"DashboardName": text_with("millrace-${Stage}"), "DashboardBody": text_with(body.to_string())});
    resources.add("Dashboard", "AWS::CloudWatch::Dashboard", dashboard);
}
