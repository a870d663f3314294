use crate::{order, place};
use millrace_api_tests::{Reply, Stack};
use serde_json::{Value, json};

#[tokio::test]
async fn a_card_is_placed_by_before_after_and_position() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    for number in 1..=5 {
        alex.task("WEB", &format!("Card {number}")).await;
    }
    let cases = [
        ("WEB-5", 0, 1, json!({}), vec!["WEB-5"]),
        ("WEB-4", 0, 1, json!({"position": 0}), vec!["WEB-4", "WEB-5"]),
        ("WEB-3", 0, 1, json!({"after": "WEB-4"}), vec!["WEB-4", "WEB-3", "WEB-5"]),
        ("WEB-2", 0, 1, json!({"before": "WEB-3"}), vec!["WEB-4", "WEB-2", "WEB-3", "WEB-5"]),
        ("WEB-1", 0, 1, json!({"position": 99}), vec!["WEB-4", "WEB-2", "WEB-3", "WEB-5", "WEB-1"]),
        ("WEB-1", 1, 1, json!({"position": 1}), vec!["WEB-4", "WEB-1", "WEB-2", "WEB-3", "WEB-5"]),
        ("WEB-4", 1, 1, json!({}), vec!["WEB-1", "WEB-2", "WEB-3", "WEB-5", "WEB-4"]),
        ("WEB-4", 1, 1, json!({"before": "WEB-1"}), vec!["WEB-4", "WEB-1", "WEB-2", "WEB-3", "WEB-5"]),
        ("WEB-1", 1, 1, json!({"after": "WEB-5"}), vec!["WEB-4", "WEB-2", "WEB-3", "WEB-5", "WEB-1"]),
    ];
    for (task, from, to, where_, wanted) in cases {
        let card = place(&alex, &board, task, from, to, where_.clone()).await.ok(200);
        assert_eq!((&card["key"], &card["status"]), (&json!(task), &json!("todo")));
        assert_eq!(order(&alex, &board, to).await, wanted, "{task} {where_}");
    }
    assert!(order(&alex, &board, 0).await.is_empty());
}

#[tokio::test]
async fn a_move_emits_one_event_and_a_no_op_none() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let task = alex.task("WEB", "Done soon").await;
    alex.task("WEB", "Below").await;
    let card = alex.move_task(&board, &task, 0, 4).await.ok(200);
    let whole = alex.get(&format!("/api/tasks/{task}")).await.ok(200);
    assert_eq!(whole["closed_at"], whole["updated_at"]);
    assert_eq!(whole["column_since"], whole["updated_at"]);
    let history = alex.get(&format!("/api/tasks/{task}/history")).await.ok(200);
    let event = &history["items"][0];
    assert_eq!((&event["type"], &event["data"]["card"]), (&json!("task.moved"), &card));
    assert_eq!(
        event["changes"],
        json!([
            {"field": "column_id", "from": board.columns[0], "to": board.columns[4]},
            {"field": "status", "from": "backlog", "to": "done"},
        ])
    );
    for where_ in [json!({}), json!({"position": 0}), json!({"position": 7})] {
        let same = place(&alex, &board, &task, 4, 4, where_).await;
        assert_eq!(same.header("etag"), format!("\"{}\"", card["version"]));
        assert_eq!(same.ok(200), card);
    }
    let history = alex.get(&format!("/api/tasks/{task}/history")).await.ok(200);
    assert_eq!(history["items"].as_array().map(Vec::len), Some(2));
    let back = alex.move_task(&board, &task, 4, 2).await.ok(200);
    assert_eq!(back["version"], 3);
    assert!(alex.get(&format!("/api/tasks/{task}")).await.ok(200)["closed_at"].is_null());
}

#[tokio::test]
async fn a_stale_from_column_is_409_with_the_current_order() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    for number in 1..=3 {
        alex.task("WEB", &format!("Card {number}")).await;
        alex.move_task(&board, &format!("WEB-{number}"), 0, 2).await.ok(200);
    }
    for to in [1, 2] {
        let refused = place(&alex, &board, "WEB-2", 0, to, json!({})).await.problem(409);
        assert_eq!(refused["current"], json!({"column_id": board.columns[2], "order": ["WEB-1", "WEB-2", "WEB-3"]}));
    }
    assert_eq!(order(&alex, &board, 2).await, ["WEB-1", "WEB-2", "WEB-3"]);
}

#[tokio::test]
async fn moving_into_a_full_column_is_refused() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let path = format!("/api/boards/{}/columns/{}", board.id, board.columns[2]);
    alex.patch(&path, json!({"wip_limit": 2})).await.ok(200);
    for number in 1..=3 {
        alex.task("WEB", &format!("Card {number}")).await;
    }
    alex.move_task(&board, "WEB-1", 0, 2).await.ok(200);
    alex.move_task(&board, "WEB-2", 0, 2).await.ok(200);
    let refused = alex.move_task(&board, "WEB-3", 0, 2).await.invalid(&["to_column"]);
    assert!(refused["detail"].as_str().expect("text").contains("In progress"), "{refused}");
    alex.patch("/api/tasks/WEB-3", json!({"column_id": board.columns[2]})).await.invalid(&["column_id"]);
    let sent = json!({"title": "Straight in", "column_id": board.columns[2]});
    alex.post("/api/projects/WEB/tasks", sent).await.invalid(&["column_id"]);
    place(&alex, &board, "WEB-2", 2, 2, json!({"position": 0})).await.ok(200);
    assert_eq!(order(&alex, &board, 2).await, ["WEB-2", "WEB-1"]);
    alex.move_task(&board, "WEB-1", 2, 3).await.ok(200);
    alex.move_task(&board, "WEB-3", 0, 2).await.ok(200);
}

#[tokio::test]
async fn a_parents_subtask_counts_follow_moves() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let parent = alex.task("WEB", "The whole").await;
    for _ in 0..2 {
        alex.post("/api/projects/WEB/tasks", json!({"title": "A part", "parent": parent})).await.ok(201);
    }
    let counts = async || {
        let task = alex.get(&format!("/api/tasks/{parent}")).await.ok(200);
        let snapshot = alex.get(&format!("/api/boards/{}", board.id)).await.ok(200);
        let cards = snapshot["tasks"].as_array().expect("cards");
        let card = cards.iter().find(|card| card["key"] == parent.as_str()).expect("the card").clone();
        assert_eq!((&card["subtask_done"], &card["subtask_count"]), (&task["subtask_done"], &task["subtask_count"]));
        (task["subtask_done"].clone(), task["subtask_count"].clone())
    };
    assert_eq!(counts().await, (json!(0), json!(2)));
    alex.move_task(&board, "WEB-2", 0, 4).await.ok(200);
    assert_eq!(counts().await, (json!(1), json!(2)));
    alex.delete("/api/tasks/WEB-3").await.ok(204);
    assert_eq!(counts().await, (json!(1), json!(1)));
    alex.move_task(&board, "WEB-2", 4, 1).await.ok(200);
    alex.post("/api/tasks/WEB-3/restore", json!({})).await.ok(200);
    assert_eq!(counts().await, (json!(0), json!(2)));
    alex.patch("/api/tasks/WEB-3", json!({"parent": null})).await.ok(200);
    assert_eq!(counts().await, (json!(0), json!(1)));
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    alex.project("APP").await;
    alex.task("APP", "Of another project").await;
    for number in 1..=3 {
        alex.task("WEB", &format!("Card {number}")).await;
    }
    alex.move_task(&board, "WEB-3", 0, 1).await.ok(200);
    alex.task("WEB", "Archived").await;
    alex.delete("/api/tasks/WEB-4").await.ok(204);
    for (where_, field) in [
        (json!({"before": "WEB-2"}), "before"),
        (json!({"after": "WEB-2"}), "after"),
        (json!({"before": "WEB-1"}), "before"),
        (json!({"before": "WEB-4"}), "before"),
        (json!({"before": "WEB-99"}), "before"),
        (json!({"after": "APP-1"}), "after"),
        (json!({"before": "3"}), "before"),
        (json!({"position": -1}), "position"),
        (json!({"position": 1.5}), "position"),
        (json!({"before": "WEB-3", "after": "WEB-3"}), "after"),
        (json!({"before": "WEB-3", "position": 0}), "position"),
        (json!({"to_column": "col_AAAAAAAAAAAAAAAAAAAA"}), "to_column"),
        (json!({"to_column": 1}), "to_column"),
        (json!({"sideways": true}), "sideways"),
        (json!({"task": "WEB"}), "task"),
    ] {
        place(&alex, &board, "WEB-1", 0, 1, where_).await.invalid(&[field]);
    }
    for task in ["WEB-99", "WEB-4", "APP-1"] {
        alex.move_task(&board, task, 0, 1).await.problem(404);
    }
    let request = alex.request("POST", &format!("/api/boards/{}/move", board.id)).header("If-Match", "\"9\"");
    let sent = json!({"task": "WEB-1", "from_column": board.columns[0], "to_column": board.columns[1]});
    let stale = Reply::of(request.json(&sent)).await.problem(412);
    assert_eq!(stale["current"]["key"], "WEB-1");
    let viewer = alex.invite("Vic", "member", &[]).await;
    viewer.move_task(&board, "WEB-1", 0, 1).await.problem(403);
    let tester = alex.invite("Tess", "guest", &[("WEB", "tester")]).await;
    tester.move_task(&board, "WEB-1", 0, 1).await.ok(200);
    let stranger = Stack::shared().person("Bo").await;
    stranger.move_task(&board, "WEB-2", 0, 1).await.problem(404);
}

#[tokio::test]
async fn an_idempotency_key_moves_once() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let task = alex.task("WEB", "Once").await;
    let mut answers: Vec<Value> = Vec::new();
    for _ in 0..2 {
        let request = alex.request("POST", &format!("/api/boards/{}/move", board.id)).header("Idempotency-Key", "k");
        let sent = json!({"task": task, "from_column": board.columns[0], "to_column": board.columns[1]});
        answers.push(Reply::of(request.json(&sent)).await.ok(200));
    }
    assert_eq!(answers[0], answers[1]);
}
