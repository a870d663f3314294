use crate::keys;
use millrace_api_tests::{Stack, unique};
use serde_json::{Value, json};

#[tokio::test]
async fn a_snapshot_contains_everything_a_board_shows() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let guest = alex.invite("Guest", "guest", &[("WEB", "viewer")]).await;
    alex.invite("Elsewhere", "guest", &[]).await;
    let label = alex.post("/api/projects/WEB/labels", json!({"name": "bug", "color": "#C92A2A"})).await.ok(201);
    let parent = alex.task("WEB", "The whole").await;
    let sent = json!({"title": "A part", "parent": parent, "labels": [label["id"]], "assignees": [alex.id],
        "priority": "high", "story_points": 5, "due_date": "2027-01-31"});
    let part = alex.post("/api/projects/WEB/tasks", sent).await.ok(201);
    alex.move_task(&board, "WEB-2", 0, 4).await.ok(200);
    let snapshot = alex.get(&format!("/api/boards/{}", board.id)).await.ok(200);
    let (first, second) = (&snapshot["tasks"][0], &snapshot["tasks"][1]);
    assert_eq!(
        (&first["key"], &first["subtask_count"], &first["subtask_done"]),
        (&json!("WEB-1"), &json!(1), &json!(1))
    );
    for field in ["key", "title", "labels", "assignees", "priority", "story_points", "due_date", "parent"] {
        assert_eq!(second[field], part[field], "{field}");
    }
    assert_eq!(second["status"], "done");
    assert_eq!(snapshot["labels"], json!([{"id": label["id"], "name": "bug", "color": "#c92a2a", "version": 1}]));
    let people: Vec<_> = snapshot["people"].as_array().expect("people").iter().map(|person| &person["name"]).collect();
    assert_eq!(people, ["Alex", "Guest"]);
    assert!(snapshot["sprint"].is_null() && snapshot["people"][1]["email"].is_string());
    let seen = guest.get(&format!("/api/boards/{}", board.id)).await.ok(200);
    assert!(seen["people"][0]["email"].is_null(), "guests see no addresses");
    assert!(seen["tasks"][0].get("description").is_none());
}

#[tokio::test]
async fn filters_apply_to_cards_only() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let label = alex.post("/api/projects/WEB/labels", json!({"name": "bug", "color": "#c92a2a"})).await.ok(201);
    let label = label["id"].as_str().expect("an id").to_owned();
    for sent in [
        json!({"title": "Mend the wheel", "assignees": [alex.id], "priority": "urgent"}),
        json!({"title": "Dig the race", "labels": [label]}),
        json!({"title": "Oil the WHEEL", "priority": "low"}),
    ] {
        alex.post("/api/projects/WEB/tasks", sent).await.ok(201);
    }
    let path = format!("/api/boards/{}", board.id);
    for (query, wanted) in [
        (String::new(), vec!["WEB-1", "WEB-2", "WEB-3"]),
        ("assignee=me".to_owned(), vec!["WEB-1"]),
        (format!("assignee={}", alex.id), vec!["WEB-1"]),
        ("assignee=none".to_owned(), vec!["WEB-2", "WEB-3"]),
        (format!("label={label}"), vec!["WEB-2"]),
        ("q=wheel".to_owned(), vec!["WEB-1", "WEB-3"]),
        ("q=web-2".to_owned(), vec!["WEB-2"]),
        ("priority=urgent,low".to_owned(), vec!["WEB-1", "WEB-3"]),
        ("sprint=none&q=race".to_owned(), vec!["WEB-2"]),
        ("q=".to_owned(), vec!["WEB-1", "WEB-2", "WEB-3"]),
    ] {
        let snapshot = alex.get(&format!("{path}?{query}")).await.ok(200);
        assert_eq!(keys(&snapshot["tasks"], |_| true), wanted, "{query}");
        assert_eq!(snapshot["columns"].as_array().map(Vec::len), Some(5));
    }
    for (query, field) in [
        ("assignee=nobody", "assignee"),
        ("label=bug", "label"),
        ("priority=high,huge", "priority"),
        ("sprint=1", "sprint"),
    ] {
        alex.get(&format!("{path}?{query}")).await.invalid(&[field]);
    }
    let long = "x".repeat(201);
    alex.get(&format!("{path}?q={long}")).await.invalid(&["q"]);
}

#[tokio::test]
async fn the_snapshots_cursor_continues_the_event_feed() {
    let stack = Stack::own().await;
    let alex = stack.person(&unique("Alex")).await;
    let board = alex.project("WEB").await;
    alex.task("WEB", "First").await;
    stack.idle().await;
    let snapshot = alex.get(&format!("/api/boards/{}", board.id)).await.ok(200);
    let cursor = snapshot["cursor"].as_str().expect("a cursor").to_owned();
    alex.task("WEB", "Second").await;
    let events = alex.get(&format!("/api/boards/{}/events?after={cursor}", board.id)).await.ok(200);
    let tasks: Vec<&Value> = events["items"].as_array().expect("events").iter().map(|event| &event["task"]).collect();
    assert_eq!(tasks, ["WEB-2"]);
}

#[tokio::test]
async fn unknown_boards_are_404() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    for id in ["WEB.bAAAAAAAAAAAA", "NONE.bAAAAAAAAAAAA", "WEB", "1", "WEB.s4fJq8sNcX0aZ", "%00"] {
        alex.get(&format!("/api/boards/{id}")).await.problem(404);
        alex.get(&format!("/api/boards/{id}/events")).await.problem(404);
    }
}
