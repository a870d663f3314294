use millrace_api_tests::{Reply, Stack};
use serde_json::json;

#[tokio::test]
async fn labels_can_be_created_changed_and_deleted() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let newest =
        async || alex.get(&format!("/api/boards/{}/events?limit=1", board.id)).await.ok(200)["items"][0].clone();
    let label = alex.post("/api/projects/WEB/labels", json!({"name": "Bug", "color": "#C92A2A"})).await.ok(201);
    assert_eq!((&label["color"], &label["version"]), (&json!("#c92a2a"), &json!(1)));
    assert_eq!((&newest().await["type"], &newest().await["data"]["label"]), (&json!("project.updated"), &label));
    let path = format!("/api/projects/WEB/labels/{}", label["id"].as_str().expect("an id"));
    let other = alex.post("/api/projects/WEB/labels", json!({"name": "area", "color": "#000000"})).await.ok(201);
    let list = alex.get("/api/projects/WEB/labels").await.ok(200);
    assert_eq!(list, json!({"items": [other, label], "next": null}));

    let changed = alex.patch(&path, json!({"name": "Defect", "color": "#ffffff"})).await.ok(200);
    assert_eq!(changed["version"], 2);
    let changes = newest().await["changes"].clone();
    assert_eq!(
        changes,
        json!([{"field": "color", "from": "#c92a2a", "to": "#ffffff"}, {"field": "name", "from": "Bug", "to": "Defect"}])
    );
    let request = alex.request("PATCH", &path).header("If-Match", "\"1\"").json(&json!({"name": "C"}));
    assert_eq!(Reply::of(request).await.problem(412)["current"], changed);
    let task =
        alex.post("/api/projects/WEB/tasks", json!({"title": "Labelled", "labels": [label["id"]]})).await.ok(201);
    alex.delete(&path).await.ok(204);
    assert_eq!(newest().await["data"], json!({"label_removed": label["id"]}));
    alex.delete(&path).await.problem(404);
    alex.patch(&path, json!({"name": "C"})).await.problem(404);
    let kept = alex.get("/api/tasks/WEB-1").await.ok(200);
    assert_eq!(kept, task, "a task keeps the id, without a write");
    let snapshot = alex.get(&format!("/api/boards/{}", board.id)).await.ok(200);
    assert_eq!(snapshot["labels"], json!([other]));
}

#[tokio::test]
async fn label_names_are_unique_case_insensitively() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    alex.project("APP").await;
    let make = async |project: &str, name: &str| {
        alex.post(&format!("/api/projects/{project}/labels"), json!({"name": name, "color": "#000000"})).await
    };
    let label = make("WEB", "Bücher").await.ok(201);
    assert_eq!(make("WEB", "BÜCHER").await.problem(409)["current"]["field"], "name");
    make("APP", "bücher").await.ok(201);
    let path = format!("/api/projects/WEB/labels/{}", label["id"].as_str().expect("an id"));
    alex.patch(&path, json!({"name": "bücher"})).await.ok(200);
    let other = make("WEB", "other").await.ok(201);
    let second = format!("/api/projects/WEB/labels/{}", other["id"].as_str().expect("an id"));
    alex.patch(&second, json!({"name": "Bücher"})).await.problem(409);
    alex.patch(&path, json!({"name": "free"})).await.ok(200);
    alex.patch(&second, json!({"name": "Bücher"})).await.ok(200);
    alex.delete(&path).await.ok(204);
    make("WEB", "FREE").await.ok(201);
    let makes = (0..6).map(|_| make("WEB", "At once"));
    let made = futures::future::join_all(makes).await.iter().filter(|reply| reply.status == 201).count();
    assert_eq!(made, 1);
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let developer = alex.invite("Dev", "member", &[("WEB", "developer")]).await;
    let sent = json!({"name": "A", "color": "#000000"});
    developer.post("/api/projects/WEB/labels", sent.clone()).await.problem(403);
    developer.get("/api/projects/WEB/labels").await.ok(200);
    for (sent, field) in [
        (json!({"name": "A"}), "color"),
        (json!({"color": "#000000"}), "name"),
        (json!({"name": "", "color": "#000000"}), "name"),
        (json!({"name": "A", "color": "red"}), "color"),
        (json!({"name": "A", "color": "#12345"}), "color"),
        (json!({"name": "A", "color": "#000000", "id": "x"}), "id"),
    ] {
        alex.post("/api/projects/WEB/labels", sent).await.invalid(&[field]);
    }
    alex.post("/api/projects/NONE/labels", sent).await.problem(404);
    alex.delete("/api/projects/WEB/labels/bug").await.problem(404);
}
