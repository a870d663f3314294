use crate::dashboard;
use millrace_api_tests::Stack;
use serde_json::{Value, json};

/// Puts events into the consumer as its queue does, `times` over and in the order of `keys`.
async fn deliver(stack: &Stack, events: &[Value], times: usize) {
    let functions = millrace_infra::functions(millrace_infra::AREAS);
    let aggregate = functions.iter().find(|declared| declared.name == "analytics-aggregate").expect("a consumer");
    let invoke = aggregate.invoke.expect("no route");
    let mut delivered: Vec<Value> = (0..times).flat_map(|_| events.to_vec()).collect();
    // An order that has nothing to do with the one in which it happened, and is the same in each run.
    delivered.sort_by_cached_key(|event| {
        let id = event["id"].as_str().unwrap_or_default();
        id.bytes().rev().collect::<Vec<u8>>()
    });
    for batch in delivered.chunks(10) {
        let records: Vec<Value> = batch
            .iter()
            .enumerate()
            .map(|(index, event)| json!({"messageId": index.to_string(), "body": event.to_string()}))
            .collect();
        let answer = invoke(stack.server.platform().clone(), json!({"Records": records})).await.expect("does it");
        assert_eq!(answer["batchItemFailures"], json!([]), "{answer}");
    }
}

#[tokio::test]
async fn events_count_once_in_any_order_and_under_redelivery() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    for index in 0..4 {
        let task = alex.task("WEB", &format!("Task {index}")).await;
        alex.patch(&format!("/api/tasks/{task}"), json!({"assignees": [alex.id], "story_points": index})).await.ok(200);
        alex.move_task(&board, &task, 0, 2).await.ok(200);
        alex.move_task(&board, &task, 2, 4).await.ok(200);
        alex.post(&format!("/api/tasks/{task}/time-logs"), json!({"minutes": 15})).await.ok(201);
    }
    alex.delete("/api/tasks/WEB-1").await.ok(204);
    let before = dashboard(&stack, &alex, "").await;
    assert_eq!((&before["today"]["closed"], &before["today"]["hours"]), (&json!(4), &json!(1.0)));
    assert_eq!(before["by_status"][4]["tasks"], 3);
    let timeline = alex.get(&format!("/api/boards/{}/events?limit=100", board.id)).await.ok(200);
    let events = timeline["items"].as_array().expect("events").clone();
    assert!(events.len() > 16, "{}", events.len());
    deliver(&stack, &events, 3).await;
    assert_eq!(dashboard(&stack, &alex, "").await, before);
}

#[tokio::test]
async fn changing_a_columns_category_regroups_its_tasks() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    for index in 0..3 {
        alex.task("WEB", &format!("Task {index}")).await;
    }
    assert_eq!(dashboard(stack, &alex, "").await["by_status"][0]["tasks"], 3);
    let column = format!("/api/boards/{}/columns/{}", board.id, board.columns[0]);
    alex.patch(&column, json!({"category": "in_progress"})).await.ok(200);
    let after = dashboard(stack, &alex, "").await;
    assert_eq!((&after["by_status"][0]["tasks"], &after["by_status"][2]["tasks"]), (&json!(0), &json!(3)));
}
