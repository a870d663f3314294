use millrace_api_tests::{Board, Person, Stack};
use serde_json::{Value, json};

/// A project whose tasks close with their parts, with `WEB-1` and so many parts of it.
async fn with_parts(person: &Person<'_>, parts: usize) -> Board {
    let board = person.project("WEB").await;
    let project = person.patch("/api/projects/WEB", json!({"close_parent": true})).await.ok(200);
    assert_eq!(project["close_parent"], true);
    person.task("WEB", "The whole").await;
    for number in 1..=parts {
        let part = json!({"title": format!("Part {number}"), "parent": "WEB-1"});
        person.post("/api/projects/WEB/tasks", part).await.ok(201);
    }
    board
}

async fn whole(person: &Person<'_>) -> Value {
    person.stack.idle().await;
    person.get("/api/tasks/WEB-1").await.ok(200)
}

async fn history(person: &Person<'_>) -> Vec<Value> {
    let history = person.get("/api/tasks/WEB-1/history").await.ok(200);
    history["items"].as_array().expect("events").clone()
}

#[tokio::test]
async fn a_parent_closes_with_its_last_subtask() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let board = with_parts(&alex, 2).await;
    alex.move_task(&board, "WEB-2", 0, 4).await.ok(200);
    assert_eq!(whole(&alex).await["status"], "backlog");
    alex.patch("/api/tasks/WEB-3", json!({"column_id": board.columns[4]})).await.ok(200);
    let task = whole(&alex).await;
    assert_eq!((&task["status"], &task["column_id"]), (&json!("done"), &json!(board.columns[4])));
    assert!(task["closed_at"].is_string(), "{task}");
    let event = history(&alex).await[0].clone();
    assert_eq!((&event["type"], &event["actor"]["kind"]), (&json!("task.status_changed"), &json!("system")));
    assert_eq!(event["actor"]["id"], Value::Null);
    let fields: Vec<_> = event["changes"].as_array().expect("changes").iter().map(|change| &change["field"]).collect();
    assert_eq!(fields, ["column_id", "status"]);
    assert_eq!((&event["data"]["card"]["version"], &event["board_id"]), (&task["version"], &json!(board.id)));
}

#[tokio::test]
async fn concurrent_completions_close_a_parent_once() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    with_parts(&alex, 6).await;
    let parts: Vec<String> = (2..=7).map(|number| format!("WEB-{number}")).collect();
    let done = alex.post("/api/tasks/bulk", json!({"tasks": parts, "set": {"status": "done"}})).await.ok(200);
    assert!(done["items"].as_array().expect("lines").iter().all(|line| line["status"] == 200), "{done}");
    let task = whole(&alex).await;
    assert_eq!((&task["status"], &task["subtask_done"]), (&json!("done"), &json!(6)));
    let told = history(&alex).await.into_iter().filter(|event| event["actor"]["kind"] == "system").count();
    assert_eq!(told, 1);
}

#[tokio::test]
async fn a_redelivered_event_does_not_close_a_reopened_parent() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = with_parts(&alex, 1).await;
    alex.move_task(&board, "WEB-2", 0, 4).await.ok(200);
    assert_eq!(whole(&alex).await["status"], "done");
    let event = alex.get("/api/tasks/WEB-2/history?limit=1").await.ok(200)["items"][0].clone();
    alex.move_task(&board, "WEB-1", 4, 2).await.ok(200);
    stack.deliver("tasks-close-parent", &[event]).await;
    assert_eq!(whole(&alex).await["status"], "in_progress");
    alex.move_task(&board, "WEB-2", 4, 1).await.ok(200);
    alex.move_task(&board, "WEB-2", 1, 4).await.ok(200);
    assert_eq!(whole(&alex).await["status"], "done", "a part that is done anew closes it anew");
}

#[tokio::test]
async fn a_parent_stays_open_if_disabled_or_with_open_subtasks() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let board = with_parts(&alex, 2).await;
    alex.patch("/api/projects/WEB", json!({"close_parent": false})).await.ok(200);
    alex.move_task(&board, "WEB-2", 0, 4).await.ok(200);
    alex.move_task(&board, "WEB-3", 0, 4).await.ok(200);
    assert_eq!(whole(&alex).await["status"], "backlog");
    alex.patch("/api/projects/WEB", json!({"close_parent": true})).await.ok(200);
    alex.move_task(&board, "WEB-3", 4, 3).await.ok(200);
    assert_eq!(whole(&alex).await["status"], "backlog");
    alex.delete("/api/tasks/WEB-1").await.ok(204);
    alex.move_task(&board, "WEB-3", 3, 4).await.ok(200);
    let task = whole(&alex).await;
    assert_eq!(
        (&task["status"], &task["archived"]),
        (&json!("backlog"), &json!(true)),
        "archived tasks stay as they are"
    );
    let dev = alex.invite("Dev", "member", &[("WEB", "manager")]).await;
    dev.patch("/api/projects/WEB", json!({"close_parent": false})).await.problem(403);
    alex.patch("/api/projects/WEB", json!({"close_parent": null})).await.invalid(&["close_parent"]);
}
