use crate::dashboard;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{ToSpan, tz::TimeZone};
use millrace_api_tests::{PASSWORD, Person, Reply, Stack};
use serde_json::{Value, json};

/// Changes an item behind everybody's back.
async fn tamper(stack: &Stack, (pk, sk): (&str, &str), expression: &str, attribute: &str, value: AttributeValue) {
    let client = aws_sdk_dynamodb::Client::new(&stack.server.stand_ins().sdk_config());
    let update = client.update_item().table_name(&stack.server.platform().settings.table);
    update
        .key("pk", AttributeValue::S(pk.to_owned()))
        .key("sk", AttributeValue::S(sk.to_owned()))
        .update_expression(expression)
        .expression_attribute_names("#it", attribute)
        .expression_attribute_values(":it", value)
        .send()
        .await
        .expect("changes it");
}

/// Adds to a number.
async fn break_counter(stack: &Stack, pk: &str, sk: &str, attribute: &str, by: i64) {
    tamper(stack, (pk, sk), "ADD #it :it", attribute, AttributeValue::N(by.to_string())).await;
}

/// Waits for the next morning, so that the hours of a test are of one day.
async fn morning(stack: &Stack) {
    let now = stack.server.clock().now().to_zoned(TimeZone::UTC);
    let morning = now.tomorrow().and_then(|day| day.with().hour(6).build()).expect("a morning");
    stack.advance(&format!("PT{}S", now.duration_until(&morning).as_secs())).await;
}

/// Runs the job, in a later round than before.
async fn reconcile<'stack>(alex: &Person<'stack>, later: &str) -> Person<'stack> {
    let stack = alex.stack;
    stack.advance(later).await;
    assert!(Reply::of(stack.http.post(stack.url("/_local/jobs/jobs-reconcile"))).await.status < 300);
    // The token does not outlive a moved clock.
    let credentials = json!({"email": alex.email, "password": PASSWORD});
    Person::signed_in(stack, &alex.email, stack.call("POST", "/api/auth/login", Some(credentials)).await, 200)
}

/// What was off the last time, without its time; null where nothing ever was.
async fn drift(alex: &Person<'_>) -> Value {
    let mut drift = dashboard(alex.stack, alex, "").await["drifts"][0].clone();
    drift.as_object_mut().map(|drift| drift.remove("at"));
    drift
}

/// The figures, without what was off.
async fn figures(alex: &Person<'_>) -> Value {
    let mut figures = dashboard(alex.stack, alex, "").await;
    figures["drifts"] = json!([]);
    figures
}

#[tokio::test]
async fn wrong_counters_are_corrected_and_reported() {
    let stack = Stack::own().await;
    morning(&stack).await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    alex.project("OPS").await;
    let task = alex.task("WEB", "A task").await;
    alex.task("OPS", "Another").await;
    alex.post(&format!("/api/tasks/{task}/time-logs"), json!({"minutes": 60})).await.ok(201);
    let today = stack.server.clock().now().to_zoned(TimeZone::UTC).date();
    let ahead = json!({"minutes": 45, "date": today.saturating_add(1.day())});
    alex.post(&format!("/api/tasks/{task}/time-logs"), ahead).await.ok(201);
    let right = figures(&alex).await;
    let alex = reconcile(&alex, "PT1S").await;
    assert_eq!(drift(&alex).await, json!(null), "nothing was off");

    let (counters, card) = (format!("W#{}#COUNTERS", alex.workspace), format!("W#{}#P#WEB", alex.workspace));
    break_counter(&stack, &counters, "NOW#WEB", "n:status.backlog", 5).await;
    break_counter(&stack, &counters, &format!("{today}#WEB"), "n:created", 3).await;
    break_counter(&stack, &counters, &format!("{today}#WEB"), "n:moved", 2).await;
    break_counter(&stack, &card, "CARD#0000000001", "logged_minutes", 30).await;
    let broken = figures(&alex).await;
    assert_eq!((&broken["open"], &broken["today"]["created"]), (&json!(7), &json!(5)));
    assert_eq!(alex.get(&format!("/api/tasks/{task}")).await.ok(200)["actual_hours"], 2.25);
    let again = reconcile(&alex, "PT10M").await;
    assert_eq!(figures(&again).await["open"], 7, "a run that is begun again leaves out what is done");
    let alex = reconcile(&again, "PT1H").await;
    assert_eq!(figures(&alex).await, right);
    assert_eq!(alex.get(&format!("/api/tasks/{task}")).await.ok(200)["actual_hours"], 1.75);
    let told = json!({
        "project": "WEB", "missed_events": 0, "repaired_numbers": 1, "repaired_day_numbers": 2, "repaired_tasks": 1,
    });
    assert_eq!(drift(&alex).await, told);
}

#[tokio::test]
async fn wrong_task_counters_are_corrected() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    for title in ["Parent", "Part", "Blocker"] {
        alex.task("WEB", title).await;
    }
    alex.patch("/api/tasks/WEB-2", json!({"parent": "WEB-1"})).await.ok(200);
    alex.post("/api/tasks/WEB-1/links", json!({"kind": "blocked_by", "task": "WEB-3"})).await.ok(201);
    let said = alex.post("/api/tasks/WEB-1/comments", json!({"body": "First"})).await.ok(201);
    alex.post("/api/tasks/WEB-1/comments", json!({"body": "Reply", "reply_to": said["id"]})).await.ok(201);
    alex.delete(&format!("/api/tasks/WEB-1/comments/{}", said["id"].as_str().expect("an id"))).await.ok(204);
    alex.move_task(&board, "WEB-2", 0, 4).await.ok(200);
    stack.idle().await;
    let counted = async |alex: &Person<'_>| {
        let task = alex.get("/api/tasks/WEB-1").await.ok(200);
        ["comment_count", "attachment_count", "subtask_done", "subtask_count", "blocked"].map(|name| task[name].clone())
    };
    let right = [json!(1), json!(0), json!(1), json!(1), json!(true)];
    assert_eq!(counted(&alex).await, right);
    let alex = reconcile(&alex, "PT1S").await;
    assert_eq!(drift(&alex).await, json!(null), "nothing was off");

    let (project, task) = (format!("W#{}#P#WEB", alex.workspace), format!("W#{}#T#WEB-1", alex.workspace));
    let text = |text: &str| AttributeValue::S(text.to_owned());
    break_counter(&stack, &project, "CARD#0000000001", "comments", 4).await;
    break_counter(&stack, &project, "CARD#0000000001", "attachments", 2).await;
    let part = (task.as_str(), "SUBTASK#0000000002");
    tamper(&stack, part, "SET #it = :it", "doc", text(r#"{"done":false}"#)).await;
    let link = (task.as_str(), "LINK#blocked_by.WEB-3");
    tamper(&stack, link, "SET #it = :it", "doc", text(r#"{"id":"blocked_by.WEB-3","open":false}"#)).await;
    assert_eq!(counted(&alex).await, [json!(5), json!(2), json!(0), json!(1), json!(false)]);
    let alex = reconcile(&alex, "PT2H").await;
    assert_eq!(counted(&alex).await, right);
    assert!(drift(&alex).await["repaired_tasks"].as_u64() >= Some(1));
}

#[tokio::test]
async fn nightly_recounts_cover_changes_and_every_fourth_week_everything() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    for title in ["Quiet", "Busy"] {
        alex.task("WEB", title).await;
    }
    let alex = reconcile(&alex, "PT1S").await;
    let card = format!("W#{}#P#WEB", alex.workspace);
    let counted = async |alex: &Person<'_>, task: &str| {
        alex.get(&format!("/api/tasks/{task}")).await.ok(200)["comment_count"].clone()
    };
    let alex = reconcile(&alex, "PT96H").await;
    for number in 1..=2 {
        break_counter(&stack, &card, &format!("CARD#000000000{number}"), "comments", 4).await;
    }
    let alex = reconcile(&alex, "PT24H").await;
    assert_eq!(counted(&alex, "WEB-2").await, 4, "nothing happened in the project");
    alex.patch("/api/tasks/WEB-2", json!({"title": "Busier"})).await.ok(200);
    let alex = reconcile(&alex, "PT2H").await;
    assert_eq!((counted(&alex, "WEB-1").await, counted(&alex, "WEB-2").await), (json!(4), json!(0)));
    let alex = reconcile(&alex, "PT600H").await;
    assert_eq!(counted(&alex, "WEB-1").await, 0, "four weeks later");
}
