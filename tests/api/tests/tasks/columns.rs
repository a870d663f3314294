//! Every way in which a task comes into another column.

use millrace_api_tests::{Board, Person, Stack};
use serde_json::{Value, json};

/// Everything that a task's newest event says of its column.
async fn told(person: &Person<'_>, task: &str) -> (Value, Vec<Value>) {
    let event = person.get(&format!("/api/tasks/{task}/history?limit=1")).await.ok(200)["items"][0].clone();
    let of_column = |change: &&Value| ["column_id", "status"].contains(&change["field"].as_str().expect("a field"));
    let changes = event["changes"].as_array().expect("changes").iter().filter(of_column).cloned().collect();
    (event["data"]["card"].clone(), changes)
}

async fn expect_told(person: &Person<'_>, board: &Board, task: &str, step: (usize, usize), status: (&str, &str)) {
    let (card, changes) = told(person, task).await;
    let column =
        json!({"field": "column_id", "from": board.columns[step.0].clone(), "to": board.columns[step.1].clone()});
    assert_eq!(changes, [column, json!({"field": "status", "from": status.0, "to": status.1})], "{task}");
    assert_eq!((&card["column_id"], &card["status"]), (&json!(board.columns[step.1]), &json!(status.1)), "{task}");
}

#[tokio::test]
async fn each_of_them_tells_the_column_and_the_status() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    for number in 1..=8 {
        alex.task("WEB", &format!("Task {number}")).await;
    }
    alex.move_task(&board, "WEB-1", 0, 2).await.ok(200);
    expect_told(&alex, &board, "WEB-1", (0, 2), ("backlog", "in_progress")).await;
    alex.patch("/api/tasks/WEB-2", json!({"column_id": board.columns[2]})).await.ok(200);
    expect_told(&alex, &board, "WEB-2", (0, 2), ("backlog", "in_progress")).await;
    alex.patch("/api/tasks/WEB-3", json!({"status": "review", "title": "Renamed"})).await.ok(200);
    expect_told(&alex, &board, "WEB-3", (0, 3), ("backlog", "review")).await;
    let set = json!({"tasks": ["WEB-4"], "set": {"status": "done", "priority": "low"}});
    alex.post("/api/tasks/bulk", set).await.ok(200);
    expect_told(&alex, &board, "WEB-4", (0, 4), ("backlog", "done")).await;

    alex.patch("/api/projects/WEB", json!({"close_parent": true})).await.ok(200);
    alex.patch("/api/tasks/WEB-6", json!({"parent": "WEB-5"})).await.ok(200);
    stack.advance("PT1M").await;
    alex.patch("/api/tasks/WEB-6", json!({"status": "done"})).await.ok(200);
    stack.idle().await;
    expect_told(&alex, &board, "WEB-5", (0, 4), ("backlog", "done")).await;

    alex.move_task(&board, "WEB-7", 0, 1).await.ok(200);
    alex.move_task(&board, "WEB-8", 0, 1).await.ok(200);
    alex.delete("/api/tasks/WEB-8").await.ok(204);
    let removed = format!("/api/boards/{}/columns/{}?move_to={}", board.id, board.columns[1], board.columns[3]);
    alex.delete(&removed).await.ok(204);
    expect_told(&alex, &board, "WEB-7", (1, 3), ("todo", "review")).await;
    alex.post("/api/tasks/WEB-8/restore", json!({})).await.ok(200);
    let (card, changes) = told(&alex, "WEB-8").await;
    assert_eq!(changes[0], json!({"field": "column_id", "from": board.columns[1], "to": board.columns[0]}));
    assert_eq!(card["status"], "backlog");
}

#[tokio::test]
async fn the_audit_trail_finds_each_of_them_as_a_move_and_as_a_change_of_status() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    alex.task("WEB", "Dragged").await;
    alex.task("WEB", "Set").await;
    alex.task("WEB", "Renamed").await;
    alex.move_task(&board, "WEB-1", 0, 2).await.ok(200);
    alex.patch("/api/tasks/WEB-2", json!({"status": "in_progress"})).await.ok(200);
    alex.patch("/api/tasks/WEB-3", json!({"title": "Still in its column"})).await.ok(200);
    stack.idle().await;
    for kind in ["task.moved", "task.status_changed"] {
        let found = alex.get(&format!("/api/audit?type={kind}")).await.ok(200);
        let mut tasks: Vec<_> =
            found["items"].as_array().expect("events").iter().map(|event| event["task"].clone()).collect();
        tasks.sort_by_key(ToString::to_string);
        assert_eq!(tasks, ["WEB-1", "WEB-2"], "{kind}");
    }
}
