use crate::{again, id, plan, sprint, start, task, today};
use aws_sdk_dynamodb::types::AttributeValue;
use millrace_api_tests::{Reply, Stack};
use serde_json::json;

async fn count(stack: &Stack) {
    Reply::of(stack.http.post(stack.url("/_local/jobs/jobs-sprint-snapshot"))).await;
    stack.idle().await;
}

#[tokio::test]
async fn remaining_points_are_recorded_daily_and_drift_is_reported() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let planned = sprint(&alex, "Sprint 1").await;
    let (three, five) = (task(&alex, 3).await, task(&alex, 5).await);
    plan(&alex, &planned, &[&three, &five], &[]).await;
    start(&alex, &planned).await;
    alex.move_task(&board, &three, 0, 4).await.ok(200);
    count(&stack).await;
    count(&stack).await;
    let report = format!("/api/sprints/{}/report", id(&planned));
    assert_eq!(alex.get(&report).await.ok(200)["drift"], json!([]));
    // Somebody repairs a card by hand, past every rule.
    let client = aws_sdk_dynamodb::Client::new(&stack.server.stand_ins().sdk_config());
    let table = &stack.server.platform().settings.table;
    let items = client.scan().table_name(table).send().await.expect("scans").items.unwrap_or_default();
    let card = items.iter().find(|item| item["sk"] == AttributeValue::S("CARD#0000000002".to_owned()));
    let mut card = card.expect("the card of five").clone();
    let document = card["doc"].as_s().expect("a document").replace("\"story_points\":5", "\"story_points\":7");
    card.insert("doc".to_owned(), AttributeValue::S(document));
    client.put_item().table_name(table).set_item(Some(card)).send().await.expect("writes");
    stack.advance("PT24H").await;
    let alex = again(&alex).await;
    count(&stack).await;
    let drift = alex.get(&report).await.ok(200)["drift"].clone();
    assert_eq!(drift, json!([{"date": today(&stack), "counted_points": 7, "remaining_points": 5}]));
}
