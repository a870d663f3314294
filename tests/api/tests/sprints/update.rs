use crate::{close, id, sprint, start};
use millrace_api_tests::{Reply, Stack};
use serde_json::{Value, json};

#[tokio::test]
async fn a_sprint_can_be_changed_until_it_is_closed() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let planned = sprint(&alex, "Sprint 1").await;
    let path = format!("/api/sprints/{}", id(&planned));
    let changed = alex.patch(&path, json!({"name": "First", "capacity": null, "goal": ""})).await.ok(200);
    assert_eq!((&changed["name"], &changed["capacity"], &changed["goal"]), (&json!("First"), &Value::Null, &json!("")));
    assert_eq!(alex.patch(&path, json!({"name": "First"})).await.ok(200)["version"], changed["version"]);
    alex.patch(&path, json!({"end_date": "2020-01-01"})).await.invalid(&["end_date"]);
    alex.patch(&path, json!({"capacity": -3})).await.invalid(&["capacity"]);
    alex.patch(&path, json!({"name": null})).await.invalid(&["name"]);
    let stale = alex.request("PATCH", &path).header("If-Match", "\"1\"").json(&json!({"name": "Second"}));
    assert_eq!(Reply::of(stale).await.problem(412)["current"], changed);
    start(&alex, &planned).await;
    alex.patch(&path, json!({"start_date": "2020-01-01"})).await.problem(409);
    alex.patch(&path, json!({"goal": "Ship less"})).await.ok(200);
    close(&alex, &planned, "backlog").await;
    alex.patch(&path, json!({"name": "Renamed"})).await.problem(409);
    alex.delete(&path).await.problem(409);
}
