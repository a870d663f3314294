use crate::dashboard;
use aws_sdk_dynamodb::types::AttributeValue;
use millrace_api_tests::{Reply, Stack};
use serde_json::json;

/// Adds to a number behind everybody's back.
async fn break_counter(stack: &Stack, pk: &str, sk: &str, attribute: &str, by: i64) {
    let client = aws_sdk_dynamodb::Client::new(&stack.server.stand_ins().sdk_config());
    let update = client.update_item().table_name(&stack.server.platform().settings.table);
    update
        .key("pk", AttributeValue::S(pk.to_owned()))
        .key("sk", AttributeValue::S(sk.to_owned()))
        .update_expression("ADD #number :by")
        .expression_attribute_names("#number", attribute)
        .expression_attribute_values(":by", AttributeValue::N(by.to_string()))
        .send()
        .await
        .expect("breaks it");
}

#[tokio::test]
async fn counters_that_are_off_are_put_right_and_told() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    alex.project("OPS").await;
    let task = alex.task("WEB", "A task").await;
    alex.task("OPS", "Another").await;
    alex.post(&format!("/api/tasks/{task}/time-logs"), json!({"minutes": 60})).await.ok(201);
    let right = dashboard(&stack, &alex, "").await;
    let run = || Reply::of(stack.http.post(stack.url("/_local/jobs/jobs-reconcile")));
    assert!(run().await.status < 300);
    assert_eq!(dashboard(&stack, &alex, "").await, right, "nothing was off");

    let workspace = &alex.workspace;
    break_counter(&stack, &format!("W#{workspace}#COUNTERS"), "NOW#WEB", "n:status.backlog", 5).await;
    break_counter(&stack, &format!("W#{workspace}#P#WEB"), "CARD#0000000001", "logged_minutes", 30).await;
    assert_eq!(dashboard(&stack, &alex, "").await["open"], 7);
    assert_eq!(alex.get(&format!("/api/tasks/{task}")).await.ok(200)["actual_hours"], 1.5);
    assert!(run().await.status < 300);
    let mut repaired = dashboard(&stack, &alex, "").await;
    let drift = &repaired["drifts"][0];
    assert_eq!(
        (&drift["project"], &drift["repaired_numbers"], &drift["repaired_tasks"]),
        (&json!("WEB"), &json!(1), &json!(1))
    );
    repaired["drifts"] = json!([]);
    assert_eq!(repaired, right);
    assert_eq!(alex.get(&format!("/api/tasks/{task}")).await.ok(200)["actual_hours"], 1.0);
}
