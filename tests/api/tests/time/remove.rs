use millrace_api_tests::Stack;
use serde_json::json;

#[tokio::test]
async fn removing_a_time_log_updates_all_totals() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let task = alex.task("WEB", "A task").await;
    let logs = format!("/api/tasks/{task}/time-logs");
    let log = alex.post(&logs, json!({"hours": 24, "date": "2026-11-20"})).await.ok(201);
    let path = format!("{logs}/{}", log["id"].as_str().expect("an id"));
    alex.delete(&path).await.ok(204);
    alex.delete(&path).await.problem(404);
    assert_eq!(alex.get(&logs).await.ok(200)["items"], json!([]));
    assert_eq!(alex.get(&format!("/api/tasks/{task}")).await.ok(200)["actual_hours"], 0.0);
    let sheet = alex.get("/api/timesheets?from=2026-11-20&to=2026-11-20").await.ok(200);
    assert_eq!((&sheet["minutes"], &sheet["tasks"]), (&json!(0), &json!([])));
    alex.post(&logs, json!({"hours": 24, "date": "2026-11-20"})).await.ok(201);
}
