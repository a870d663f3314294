use millrace_api_tests::Stack;
use serde_json::{Value, json};

#[tokio::test]
async fn logs_are_listed_newest_first_and_in_parts() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let path = format!("/api/tasks/{}/time-logs", alex.task("WEB", "A task").await);
    let mut logged = Vec::new();
    // The order is that of logging, not that of the days that were worked on.
    for date in ["2026-11-20", "2026-11-18", "2026-11-19"] {
        logged.insert(0, alex.post(&path, json!({"minutes": 30, "date": date})).await.ok(201));
    }
    let whole = alex.get(&path).await.ok(200);
    assert_eq!((&whole["items"], &whole["next"]), (&json!(logged), &Value::Null));
    let first = alex.get(&format!("{path}?limit=2")).await.ok(200);
    assert_eq!(first["items"], json!(logged[..2]));
    let next = first["next"].as_str().expect("a cursor");
    let second = alex.get(&format!("{path}?limit=2&cursor={next}")).await.ok(200);
    assert_eq!((&second["items"], &second["next"]), (&json!(logged[2..]), &Value::Null));
    for (query, field) in [("limit=0", "limit"), ("limit=101", "limit"), ("cursor=x", "cursor")] {
        alex.get(&format!("{path}?{query}")).await.invalid(&[field]);
    }
}

#[tokio::test]
async fn whoever_reads_the_task_sees_what_was_logged() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let path = format!("/api/tasks/{}/time-logs", alex.task("WEB", "A task").await);
    let log = alex.post(&path, json!({"minutes": 30})).await.ok(201);
    let viewer = alex.invite("Vera", "guest", &[("WEB", "viewer")]).await;
    let stranger = alex.invite("Gus", "guest", &[]).await;
    assert_eq!(viewer.get(&path).await.ok(200)["items"], json!([log]));
    stranger.get(&path).await.problem(404);
}
