use millrace_api_tests::{Reply, Stack};
use serde_json::json;

#[tokio::test]
async fn editing_a_time_log_updates_all_totals() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let task = alex.task("WEB", "A task").await;
    let logs = format!("/api/tasks/{task}/time-logs");
    let log = alex.post(&logs, json!({"minutes": 60, "date": "2026-11-20", "note": "A"})).await.ok(201);
    let path = format!("{logs}/{}", log["id"].as_str().expect("an id"));
    let moved = alex.patch(&path, json!({"hours": 2, "date": "2026-11-19", "note": null})).await.ok(200);
    assert_eq!((&moved["minutes"], &moved["date"], &moved["note"]), (&json!(120), &json!("2026-11-19"), &json!("")));
    assert_eq!(moved["version"], 2);
    assert_eq!(alex.get(&format!("/api/tasks/{task}")).await.ok(200)["actual_hours"], 2.0);
    let sheet = alex.get("/api/timesheets?from=2026-11-19&to=2026-11-20").await.ok(200);
    let minutes: Vec<_> = sheet["days"].as_array().expect("days").iter().map(|day| &day["minutes"]).collect();
    assert_eq!(minutes, [&json!(120), &json!(0)]);
    let history = alex.get(&format!("/api/tasks/{task}/history")).await.ok(200);
    let expected = json!([
        {"field": "minutes", "from": 60, "to": 120},
        {"field": "date", "from": "2026-11-20", "to": "2026-11-19"},
    ]);
    assert_eq!(history["items"][0]["changes"], expected);
    // The same again changes nothing, and is no event.
    assert_eq!(alex.patch(&path, json!({"minutes": 120})).await.ok(200)["version"], 2);
    alex.patch(&path, json!({"minutes": -1})).await.invalid(&["minutes"]);
    alex.patch(&path, json!({"date": null})).await.invalid(&["date"]);
}

#[tokio::test]
async fn stale_versions_and_days_over_24_hours_are_refused() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let logs = format!("/api/tasks/{}/time-logs", alex.task("WEB", "A task").await);
    alex.post(&logs, json!({"hours": 24, "date": "2026-11-18"})).await.ok(201);
    let log = alex.post(&logs, json!({"minutes": 10, "date": "2026-11-19"})).await.ok(201);
    let path = format!("{logs}/{}", log["id"].as_str().expect("an id"));
    alex.patch(&path, json!({"date": "2026-11-18"})).await.invalid(&["date"]);
    let stale = alex.request("PATCH", &path).header("if-match", "\"7\"").json(&json!({"minutes": 20}));
    assert_eq!(Reply::of(stale).await.problem(412)["current"]["minutes"], 10);
}

#[tokio::test]
async fn time_logs_of_others_cannot_be_changed() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let sam = alex.invite("Sam", "member", &[("WEB", "manager")]).await;
    let viewer = alex.invite("Vera", "guest", &[("WEB", "viewer")]).await;
    let logs = format!("/api/tasks/{}/time-logs", alex.task("WEB", "A task").await);
    let log = alex.post(&logs, json!({"minutes": 60})).await.ok(201);
    let path = format!("{logs}/{}", log["id"].as_str().expect("an id"));
    sam.patch(&path, json!({"minutes": 5})).await.problem(403);
    sam.delete(&path).await.problem(403);
    assert_eq!(viewer.get(&logs).await.ok(200)["items"][0]["minutes"], 60);
    viewer.post(&logs, json!({"minutes": 5})).await.problem(403);
    let missing = format!("{logs}/01K2Z3Y4X5W6V7T8S9R0Q1P2N3");
    alex.patch(&missing, json!({"minutes": 5})).await.problem(404);
}
