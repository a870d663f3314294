use millrace_api_tests::Stack;
use serde_json::{Value, json};

#[tokio::test]
async fn time_can_be_logged_in_minutes_or_hours() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let task = alex.task("WEB", "Write it down").await;
    let logs = format!("/api/tasks/{task}/time-logs");
    let first = alex.post(&logs, json!({"minutes": 90, "date": "2026-11-20", "note": "Draft"})).await.ok(201);
    assert_eq!((&first["minutes"], &first["hours"], &first["timed"]), (&json!(90), &json!(1.5), &json!(false)));
    assert_eq!((&first["person"], &first["note"]), (&json!(alex.id), &json!("Draft")));
    let second = alex.post(&logs, json!({"hours": 0.75})).await.ok(201);
    assert_eq!(second["minutes"], 45);
    let listed = alex.get(&logs).await.ok(200);
    assert_eq!(listed["items"], json!([second, first]));
    let whole = alex.get(&format!("/api/tasks/{task}")).await.ok(200);
    assert_eq!(whole["actual_hours"], 2.25);
    let history = alex.get(&format!("/api/tasks/{task}/history")).await.ok(200);
    assert_eq!(history["items"][0]["type"], "time.logged");
    assert_eq!(history["items"][0]["changes"][0], json!({"field": "minutes", "from": Value::Null, "to": 45}));
}

#[tokio::test]
async fn durations_beyond_a_day_are_refused() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let logs = format!("/api/tasks/{}/time-logs", alex.task("WEB", "A task").await);
    for (body, field) in [
        (json!({"minutes": 0}), "minutes"),
        (json!({"minutes": -5}), "minutes"),
        (json!({"minutes": 1441}), "minutes"),
        (json!({"hours": 24.5}), "hours"),
        (json!({"hours": "much"}), "hours"),
        (json!({"minutes": 5, "hours": 1}), "hours"),
        (json!({}), "minutes"),
        (json!({"minutes": 5, "date": "2026-02-30"}), "date"),
    ] {
        alex.post(&logs, body).await.invalid(&[field]);
    }
    assert_eq!(alex.get(&logs).await.ok(200)["items"], json!([]));
}

#[tokio::test]
async fn the_daily_limit_of_24_hours_holds_under_concurrency() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let (one, other) = (alex.task("WEB", "One").await, alex.task("WEB", "Other").await);
    let (one, other) = (format!("/api/tasks/{one}/time-logs"), format!("/api/tasks/{other}/time-logs"));
    let body = |hours: f64| json!({"hours": hours, "date": "2026-11-20"});
    alex.post(&one, body(20.0)).await.ok(201);
    let both = futures::join!(alex.post(&one, body(3.0)), alex.post(&other, body(3.0)));
    let mut statuses = [both.0.status, both.1.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 422], "one of both fits");
    let refused = if both.0.status == 422 { both.0 } else { both.1 };
    let problem = refused.invalid(&["hours"]);
    assert!(problem["errors"][0]["message"].as_str().is_some_and(|text| text.contains("2026-11-20")), "{problem}");
    alex.post(&other, json!({"hours": 1, "date": "2026-11-20"})).await.ok(201);
    alex.post(&other, json!({"minutes": 1, "date": "2026-11-20"})).await.invalid(&["minutes"]);
    alex.post(&other, json!({"minutes": 1, "date": "2026-11-21"})).await.ok(201);
}

#[tokio::test]
async fn logging_on_archived_tasks_is_409_and_on_unknown_ones_404() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let task = alex.task("WEB", "A task").await;
    alex.delete(&format!("/api/tasks/{task}")).await.ok(204);
    alex.post(&format!("/api/tasks/{task}/time-logs"), json!({"minutes": 5})).await.problem(409);
    alex.get(&format!("/api/tasks/{task}/time-logs")).await.ok(200);
    alex.post("/api/tasks/WEB-99/time-logs", json!({"minutes": 5})).await.problem(404);
    alex.get("/api/tasks/WEB-99/time-logs").await.problem(404);
}

#[tokio::test]
async fn an_idempotency_key_logs_once() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let path = format!("/api/tasks/{}/time-logs", alex.task("WEB", "A task").await);
    let send = || {
        let request = alex.request("POST", &path).header("idempotency-key", "once").json(&json!({"minutes": 30}));
        millrace_api_tests::Reply::of(request)
    };
    let (first, second) = (send().await.ok(201), send().await.ok(201));
    assert_eq!(first, second);
    assert_eq!(alex.get(&path).await.ok(200)["items"].as_array().map(Vec::len), Some(1));
}
