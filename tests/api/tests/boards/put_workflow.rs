use millrace_api_tests::{Reply, Stack};
use serde_json::json;

#[tokio::test]
async fn a_workflow_is_stored_and_announced() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let path = format!("/api/boards/{}/workflow", board.id);
    let before = alex.get(&path).await;
    assert_eq!(before.header("etag"), "\"1\"");
    assert_eq!(before.ok(200), json!({"transitions": [], "version": 1}));
    let step =
        json!({"from": board.columns[0], "to": board.columns[1], "role": "manager", "required_fields": ["due_date"]});
    let kept = alex.put(&path, json!({"transitions": [step]})).await.ok(200);
    assert_eq!(kept, json!({"transitions": [step], "version": 2}));
    assert_eq!(alex.get(&path).await.ok(200), kept);
    assert_eq!(alex.put(&path, json!({"transitions": [step]})).await.ok(200), kept, "nothing changed");
    let request = alex.request("PUT", &path).header("If-Match", "\"1\"").json(&json!({"transitions": []}));
    assert_eq!(Reply::of(request).await.problem(412)["current"], kept);
    let events = alex.get(&format!("/api/boards/{}/events?limit=1", board.id)).await.ok(200);
    assert_eq!(events["items"][0]["type"], "board.updated");
    assert_eq!(events["items"][0]["changes"][0]["field"], "workflow");
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let path = format!("/api/boards/{}/workflow", board.id);
    let (one, two, none) = (&board.columns[0], &board.columns[1], "col_AAAAAAAAAAAAAAAAAAAA");
    for (steps, fields) in [
        (json!([{"from": none, "to": one}]), vec!["transitions[0].from"]),
        (json!([{"from": one, "to": two}, {"from": two, "to": none}]), vec!["transitions[1].to"]),
        (json!([{"from": one, "to": one}]), vec!["transitions[0].to"]),
        (json!([{"from": one, "to": two}, {"from": one, "to": two}]), vec!["transitions[1].to"]),
        (json!([{"from": one, "to": two, "role": "king"}]), vec!["transitions[0].role"]),
        (json!([{"from": one, "to": two, "required_fields": ["luck"]}]), vec!["transitions[0].required_fields[0]"]),
        (json!([{"from": one}]), vec!["transitions[0].to"]),
    ] {
        alex.put(&path, json!({"transitions": steps})).await.invalid(&fields);
    }
    let manager = alex.invite("Mae", "member", &[("WEB", "manager")]).await;
    manager.put(&path, json!({"transitions": []})).await.problem(403);
}

#[tokio::test]
async fn moves_follow_the_workflow() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let manager = alex.invite("Mae", "member", &[("WEB", "manager")]).await;
    let developer = alex.invite("Dev", "member", &[("WEB", "developer")]).await;
    let (backlog, todo, progress) = (&board.columns[0], &board.columns[1], &board.columns[2]);
    let steps = json!({"transitions": [
        {"from": backlog, "to": todo, "required_fields": ["assignees", "due_date"]},
        {"from": todo, "to": progress, "role": "manager"},
    ]});
    alex.put(&format!("/api/boards/{}/workflow", board.id), steps).await.ok(200);
    let task = developer.task("WEB", "By the book").await;
    let refused = developer.move_task(&board, &task, 0, 1).await.invalid(&["to_column"]);
    let detail = refused["detail"].as_str().expect("text");
    assert!(detail.contains("an assignee") && detail.contains("a due date"), "{detail}");
    let path = format!("/api/tasks/{task}");
    developer.patch(&path, json!({"column_id": todo})).await.invalid(&["column_id"]);
    let change = json!({"assignees": [developer.id], "due_date": "2027-01-01", "column_id": todo});
    assert_eq!(developer.patch(&path, change).await.ok(200)["status"], "todo", "the fields come with the step");
    developer.move_task(&board, &task, 1, 2).await.invalid(&["to_column"]);
    developer.move_task(&board, &task, 1, 0).await.invalid(&["to_column"]);
    manager.move_task(&board, &task, 1, 2).await.ok(200);
    developer.task("WEB", "Another").await;
    developer.move_task(&board, "WEB-2", 0, 0).await.ok(200);
}
