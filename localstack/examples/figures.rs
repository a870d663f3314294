//! The cost of a call to the DynamoDB stand-in in microseconds: `cargo run --example figures`.
#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]

use std::collections::HashMap;
use std::future::Future;
use std::time::{Duration, Instant};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType, Put, ScalarAttributeType,
    StreamSpecification, StreamViewType, TransactWriteItem,
};
use millrace_localstack::aws::{Settings, StandIns};

const TABLE: &str = "millrace";

fn item(pk: &str, sk: &str) -> HashMap<String, AttributeValue> {
    let text = |t: &str| AttributeValue::S(t.into());
    let mut item = HashMap::from([("pk".into(), text(pk)), ("sk".into(), text(sk))]);
    for n in 0..8 {
        item.insert(format!("attribute{n}"), text(&"x".repeat(45)));
    }
    item
}

fn key(pk: &str, sk: &str) -> HashMap<String, AttributeValue> {
    item(pk, sk).into_iter().filter(|(name, _)| name.len() == 2).collect()
}

async fn set_up(data: Option<&std::path::Path>) -> (StandIns, Client) {
    let start = Instant::now();
    let stand_ins = StandIns::open(Settings { data: data.map(Into::into), ..Settings::default() }).unwrap();
    println!("  opening                        {:>6} µs", start.elapsed().as_micros());
    let client = Client::new(&stand_ins.sdk_config());
    let mut make = client.create_table().table_name(TABLE).billing_mode(BillingMode::PayPerRequest);
    for (name, kind) in [("pk", KeyType::Hash), ("sk", KeyType::Range)] {
        let attribute = AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S);
        let key = KeySchemaElement::builder().attribute_name(name).key_type(kind);
        make = make.attribute_definitions(attribute.build().unwrap()).key_schema(key.build().unwrap());
    }
    let stream = StreamSpecification::builder().stream_enabled(true).stream_view_type(StreamViewType::NewAndOldImages);
    make.stream_specification(stream.build().unwrap()).send().await.unwrap();
    for n in 0..200 {
        client.put_item().table_name(TABLE).set_item(Some(item("board", &format!("{n:04}")))).send().await.unwrap();
    }
    (stand_ins, client)
}

/// What is left of a call without the SDK.
async fn raw(stand_ins: &StandIns, operation: &str, body: &'static str) {
    let request = http::Request::post("/").header("x-amz-target", format!("DynamoDB_20120810.{operation}"));
    let answer = stand_ins.answer(request.body(body.into()).unwrap()).await;
    assert_eq!(answer.status(), 200);
}

async fn time<F: Future>(label: &str, times: usize, mut work: impl FnMut(usize) -> F) {
    for n in 0..times / 10 {
        work(n).await;
    }
    let mut took = Vec::with_capacity(times);
    for n in 0..times {
        let start = Instant::now();
        work(n).await;
        took.push(start.elapsed());
    }
    took.sort_unstable();
    let at = |share: usize| took[(took.len() - 1) * share / 100].as_micros();
    println!("  {label:<28} p50 {:>6} µs   p99 {:>6} µs", at(50), at(99));
}

async fn get(client: &Client, n: usize) {
    let got = client.get_item().table_name(TABLE).set_key(Some(key("board", &format!("{:04}", n % 200))));
    assert!(got.send().await.unwrap().item().is_some());
}

async fn write(client: &Client, items: usize, n: usize) {
    let mut write = client.transact_write_items();
    for i in 0..items {
        let put = Put::builder().table_name(TABLE).set_item(Some(item(&format!("w{i}"), &n.to_string())));
        write = write.transact_items(TransactWriteItem::builder().put(put.build().unwrap()).build());
    }
    write.send().await.unwrap();
}

async fn together(client: &Client, label: &str, writes: bool) {
    let start = Instant::now();
    let tasks = (0..16).map(|t| {
        let client = client.clone();
        tokio::spawn(async move {
            for n in 0..200 {
                match writes {
                    true => write(&client, 1, 100_000 + 1000 * t + n).await,
                    false => get(&client, n).await,
                }
            }
        })
    });
    let tick = tokio::spawn(async {
        let mut worst = Duration::ZERO;
        for _ in 0..50 {
            let start = Instant::now();
            tokio::time::sleep(Duration::from_millis(1)).await;
            worst = worst.max(start.elapsed());
        }
        worst
    });
    futures::future::join_all(tasks).await;
    let each = start.elapsed().as_micros() / 3200;
    println!("  {label:<28} {each} µs each, a timer of 1 ms took at worst {:?}", tick.await.unwrap());
}

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    for (name, data) in [("in memory", None), ("in a folder", Some(folder.path()))] {
        println!("{name}");
        let start = Instant::now();
        let (stand_ins, client) = set_up(data).await;
        println!("  opening, and 200 puts          {:>6} µs", start.elapsed().as_micros());
        time("GetItem", 2000, |n| get(&client, n)).await;
        time("Query of 200 items", 200, |_| async {
            let query = client.query().table_name(TABLE).key_condition_expression("pk = :p");
            let found = query.expression_attribute_values(":p", AttributeValue::S("board".into())).send().await;
            assert_eq!(found.unwrap().count(), 200);
        })
        .await;
        let get_one = r#"{"TableName":"millrace","Key":{"pk":{"S":"board"},"sk":{"S":"0007"}}}"#;
        time("GetItem, without the SDK", 2000, |_| raw(&stand_ins, "GetItem", get_one)).await;
        let query = r#"{"TableName":"millrace","KeyConditionExpression":"pk = :p",
            "ExpressionAttributeValues":{":p":{"S":"board"}}}"#;
        time("Query, without the SDK", 200, |_| raw(&stand_ins, "Query", query)).await;
        time("TransactWriteItems of 2", 300, |n| write(&client, 2, n)).await;
        time("TransactWriteItems of 4", 300, |n| write(&client, 4, n)).await;
        together(&client, "16 tasks, GetItem", false).await;
        together(&client, "16 tasks, TransactWrite of 1", true).await;
    }
}
