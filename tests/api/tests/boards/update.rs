use millrace_api_tests::{Reply, Stack};
use serde_json::{Value, json};

#[tokio::test]
async fn a_new_name_shows_in_the_snapshot_and_is_told() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let path = format!("/api/boards/{}", board.id);
    let reply = alex.patch(&path, json!({"name": " Roadmap "})).await;
    assert_eq!(reply.header("etag"), "\"2\"");
    let renamed = reply.ok(200);
    assert_eq!((&renamed["id"], &renamed["name"]), (&json!(board.id), &json!("Roadmap")));
    assert_eq!(alex.get(&path).await.ok(200)["board"], renamed);
    let event = alex.get(&format!("{path}/events?limit=1")).await.ok(200)["items"][0].clone();
    assert_eq!((&event["type"], &event["data"]["board"]), (&json!("board.updated"), &renamed));
    assert_eq!(event["changes"], json!([{"field": "name", "from": "Project WEB", "to": "Roadmap"}]));
}

#[tokio::test]
async fn a_change_of_nothing_writes_nothing() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let path = format!("/api/boards/{}", board.id);
    for body in [json!({}), json!({"name": "Project WEB"})] {
        assert_eq!(alex.patch(&path, body).await.ok(200)["version"], 1);
    }
    let event = alex.get(&format!("{path}/events?limit=1")).await.ok(200)["items"][0].clone();
    assert_eq!(event["type"], "project.created");
}

#[tokio::test]
async fn a_stale_version_is_refused_with_the_current_board() {
    let alex = Stack::shared().person("Alex").await;
    let path = format!("/api/boards/{}", alex.project("WEB").await.id);
    let current = alex.patch(&path, json!({"name": "Roadmap"})).await.ok(200);
    let rename = |tag: &'static str| {
        Reply::of(alex.request("PATCH", &path).header("If-Match", tag).json(&json!({"name": "Plan"})))
    };
    assert_eq!(rename("\"1\"").await.problem(412)["current"], current);
    assert_eq!(rename("\"2\"").await.ok(200)["name"], "Plan");
}

#[tokio::test]
async fn a_manager_renames_and_nobody_below() {
    let alex = Stack::shared().person("Alex").await;
    let path = format!("/api/boards/{}", alex.project("WEB").await.id);
    let manager = alex.invite("Mia", "member", &[("WEB", "manager")]).await;
    let developer = alex.invite("Dev", "member", &[("WEB", "developer")]).await;
    assert_eq!(manager.patch(&path, json!({"name": "Hers"})).await.ok(200)["name"], "Hers");
    developer.patch(&path, json!({"name": "His"})).await.problem(403);
    for body in [json!({"name": Value::Null}), json!({"name": " "}), json!({"name": "x".repeat(101)})] {
        manager.patch(&path, body).await.invalid(&["name"]);
    }
    manager.patch(&path, json!({"title": "Hers"})).await.invalid(&["title"]);
    manager.patch("/api/boards/WEB.b4fJq8sNcX0aZ", json!({"name": "Nobody's"})).await.problem(404);
}
