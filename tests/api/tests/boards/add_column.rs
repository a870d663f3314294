use millrace_api_tests::Stack;
use serde_json::{Value, json};

#[tokio::test]
async fn a_column_goes_where_it_is_asked_to_and_to_the_right_otherwise() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let path = format!("/api/boards/{}", board.id);
    let columns = format!("{path}/columns");
    let last = alex.post(&columns, json!({"name": " Shipped ", "category": "done"})).await.ok(201);
    assert_eq!((&last["name"], &last["wip_limit"]), (&json!("Shipped"), &Value::Null));
    for (name, position) in [("Inbox", 0), ("Archive", 99)] {
        let sent = json!({"name": name, "category": "backlog", "wip_limit": 1000, "position": position});
        assert_eq!(alex.post(&columns, sent).await.ok(201)["wip_limit"], 1000);
    }
    let snapshot = alex.get(&path).await.ok(200);
    let names: Vec<_> = snapshot["columns"].as_array().expect("columns").iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["Inbox", "Backlog", "To do", "In progress", "Review", "Done", "Shipped", "Archive"]);
}

#[tokio::test]
async fn a_board_takes_fifty_columns() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let columns = format!("/api/boards/{}/columns", board.id);
    for number in board.columns.len()..50 {
        alex.post(&columns, json!({"name": format!("Column {number}"), "category": "todo"})).await.ok(201);
    }
    alex.post(&columns, json!({"name": "One too many", "category": "todo"})).await.problem(409);
    alex.delete(&format!("{columns}/{}", board.columns[0])).await.ok(204);
    alex.post(&columns, json!({"name": "There is room", "category": "todo"})).await.ok(201);
}

#[tokio::test]
async fn a_manager_adds_columns_and_nobody_below() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let columns = format!("/api/boards/{}/columns", board.id);
    let sent = json!({"name": "Ready", "category": "todo"});
    let manager = alex.invite("Mia", "member", &[("WEB", "manager")]).await;
    let developer = alex.invite("Dev", "member", &[("WEB", "developer")]).await;
    manager.post(&columns, sent.clone()).await.ok(201);
    developer.post(&columns, sent.clone()).await.problem(403);
    alex.post("/api/boards/WEB.b4fJq8sNcX0aZ/columns", sent).await.problem(404);
}
