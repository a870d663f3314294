use millrace_api_tests::Stack;
use serde_json::json;

#[tokio::test]
async fn an_archived_task_leaves_its_board_and_is_restored_in_place() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    for number in 1..=3 {
        alex.task("WEB", &format!("Card {number}")).await;
    }
    let before = alex.patch("/api/tasks/WEB-2", json!({"description": "Kept"})).await.ok(200);
    alex.delete("/api/tasks/WEB-2").await.ok(204);
    alex.delete("/api/tasks/WEB-2").await.ok(204);
    let shown = alex.get(&format!("/api/boards/{}", board.id)).await.ok(200);
    assert_eq!(shown["tasks"].as_array().map(Vec::len), Some(2));
    let archived = alex.get("/api/tasks/WEB-2").await.ok(200);
    assert_eq!((&archived["archived"], &archived["description"]), (&json!(true), &json!("Kept")));
    alex.patch("/api/tasks/WEB-2", json!({"title": "B"})).await.problem(409);
    alex.put("/api/tasks/WEB-2", json!({"title": "B"})).await.problem(409);
    alex.post("/api/tasks/WEB-2/assign", json!({"assignees": []})).await.problem(409);
    let list = alex.get("/api/projects/WEB/tasks?archived=true").await.ok(200);
    assert_eq!((list["items"].as_array().map(Vec::len), &list["items"][0]["key"]), (Some(1), &json!("WEB-2")));

    let back = alex.post("/api/tasks/WEB-2/restore", json!({})).await;
    assert_eq!(back.header("etag"), "\"4\"");
    let back = back.ok(200);
    for field in ["column_id", "position", "description", "created_at", "title"] {
        assert_eq!(back[field], before[field], "{field}");
    }
    assert_eq!(alex.post("/api/tasks/WEB-2/restore", json!({})).await.ok(200), back, "restoring again does nothing");
    let list = alex.get("/api/projects/WEB/tasks?sort=position").await.ok(200);
    let keys: Vec<_> = list["items"].as_array().expect("items").iter().map(|task| &task["key"]).collect();
    assert_eq!(keys, ["WEB-1", "WEB-2", "WEB-3"]);
    let history = alex.get("/api/tasks/WEB-2/history").await.ok(200);
    let kinds: Vec<_> = history["items"].as_array().expect("items").iter().map(|event| &event["type"]).collect();
    assert_eq!(kinds, ["task.restored", "task.archived", "task.updated", "task.created"]);
    assert_eq!(history["items"][1]["data"]["card"]["archived"], true);
    alex.delete("/api/tasks/WEB-9").await.problem(404);
    alex.post("/api/tasks/WEB-9/restore", json!({})).await.problem(404);
}

#[tokio::test]
async fn an_archived_task_cannot_be_restored_after_thirty_days() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    alex.task("WEB", "Old").await;
    alex.delete("/api/tasks/WEB-1").await.ok(204);
    let login = async || {
        let sent = json!({"email": alex.email, "password": millrace_api_tests::PASSWORD});
        millrace_api_tests::Person::signed_in(
            &stack,
            &alex.email,
            stack.call("POST", "/api/auth/login", Some(sent)).await,
            200,
        )
    };
    stack.advance("PT719H").await;
    login().await.get("/api/tasks/WEB-1").await.ok(200);
    stack.advance("PT2H").await;
    let alex = login().await;
    alex.get("/api/tasks/WEB-1").await.problem(404);
    alex.post("/api/tasks/WEB-1/restore", json!({})).await.problem(404);
    assert_eq!(alex.get("/api/projects/WEB/tasks?archived=true").await.ok(200)["items"], json!([]));
    assert_eq!(alex.task("WEB", "Its number is not given again").await, "WEB-2");
}
