use millrace_api_tests::{Person, Reply, Stack};
use serde_json::{Value, json};

async fn bulk(person: &Person<'_>, tasks: Value, set: Value) -> Reply {
    person.post("/api/tasks/bulk", json!({"tasks": tasks, "set": set})).await
}

/// The status of each line.
fn statuses(answer: &Value) -> Vec<u64> {
    answer["items"].as_array().expect("lines").iter().filter_map(|line| line["status"].as_u64()).collect()
}

async fn tasks(person: &Person<'_>, project: &str, count: usize) -> Vec<String> {
    let mut keys = Vec::with_capacity(count);
    for number in 1..=count {
        keys.push(person.task(project, &format!("Task {number}")).await);
    }
    keys
}

async fn newest(person: &Person<'_>, task: &str) -> Value {
    person.get(&format!("/api/tasks/{task}/history?limit=1")).await.ok(200)["items"][0].clone()
}

#[tokio::test]
async fn bulk_changes_are_independent_and_share_a_batch() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    alex.project("APP").await;
    let mut keys = tasks(&alex, "WEB", 2).await;
    keys.extend(tasks(&alex, "APP", 1).await);
    let set = json!({"priority": "high", "story_points": 5, "due_date": "2027-05-01", "assignees": [alex.id]});
    let answer = bulk(&alex, json!(["APP-1", "WEB-2", "WEB-1"]), set).await.ok(200);
    assert_eq!(statuses(&answer), [200, 200, 200]);
    let mut batches = Vec::new();
    for (line, key) in answer["items"].as_array().expect("lines").iter().zip(["APP-1", "WEB-2", "WEB-1"]) {
        let task = alex.get(&format!("/api/tasks/{key}")).await.ok(200);
        assert_eq!((&line["task"], &line["problem"]), (&json!(key), &Value::Null));
        for field in ["key", "version", "priority", "story_points", "due_date", "assignees", "updated_at"] {
            assert_eq!(line["card"][field], task[field], "{field}");
        }
        assert_eq!((&task["priority"], &task["version"]), (&json!("high"), &json!(2)));
        let event = newest(&alex, key).await;
        let fields: Vec<_> =
            event["changes"].as_array().expect("changes").iter().map(|change| &change["field"]).collect();
        assert_eq!((event["type"].clone(), fields.len()), (json!("task.updated"), 4), "{event}");
        batches.push(event["batch"].clone());
    }
    assert!(batches[0].is_string() && batches.iter().all(|batch| *batch == batches[0]), "{batches:?}");
    let again = bulk(&alex, json!(keys), json!({"priority": "high"})).await.ok(200);
    assert_eq!(statuses(&again), [200, 200, 200]);
    assert_eq!(again["items"][0]["card"]["version"], 2, "nothing changed, so nothing was written");
}

#[tokio::test]
async fn a_refused_task_does_not_affect_the_others() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    alex.project("SEC").await;
    alex.project("APP").await;
    tasks(&alex, "WEB", 3).await;
    tasks(&alex, "SEC", 1).await;
    tasks(&alex, "APP", 1).await;
    alex.delete("/api/tasks/WEB-3").await.ok(204);
    let column = format!("/api/boards/{}/columns/{}", board.id, board.columns[2]);
    alex.patch(&column, json!({"wip_limit": 1})).await.ok(200);
    let dev = alex.invite("Dev", "guest", &[("WEB", "developer"), ("APP", "viewer")]).await;
    let named = json!(["WEB-1", "SEC-1", "APP-1", "WEB-9", "NON-1", "WEB-3", "WEB-2"]);
    let answer = bulk(&dev, named, json!({"status": "in_progress"})).await.ok(200);
    assert_eq!(statuses(&answer), [200, 404, 403, 404, 404, 409, 422]);
    assert_eq!(answer["items"][1]["card"], Value::Null);
    let full = &answer["items"][6]["problem"];
    assert_eq!((&full["status"], &full["instance"]), (&json!(422), &json!("/api/tasks/WEB-2")));
    assert_eq!(full["errors"][0]["field"], "set.column_id", "the first one took the last place: {full}");
    assert_eq!(answer["items"][6]["card"], Value::Null);
    assert_eq!(alex.get("/api/tasks/WEB-1").await.ok(200)["status"], "in_progress");
    for untouched in ["SEC-1", "APP-1", "WEB-2"] {
        assert_eq!(alex.get(&format!("/api/tasks/{untouched}")).await.ok(200)["version"], 1, "{untouched}");
    }
    let eve = Stack::shared().person("Eve").await;
    assert_eq!(statuses(&bulk(&eve, json!(["WEB-1"]), json!({"priority": "low"})).await.ok(200)), [404]);
}

#[tokio::test]
async fn lists_can_be_replaced_extended_and_reduced() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    tasks(&alex, "WEB", 2).await;
    let mut labels = Vec::new();
    for name in ["red", "green", "blue"] {
        let label = alex.post("/api/projects/WEB/labels", json!({"name": name, "color": "#123456"})).await.ok(201);
        labels.push(label["id"].clone());
    }
    let both = json!(["WEB-1", "WEB-2"]);
    alex.patch("/api/tasks/WEB-1", json!({"labels": [labels[0]]})).await.ok(200);
    bulk(&alex, both.clone(), json!({"add_labels": [labels[1]], "add_assignees": [alex.id]})).await.ok(200);
    let shown = async |task: &str| alex.get(&format!("/api/tasks/{task}")).await.ok(200);
    assert_eq!(shown("WEB-1").await["labels"], json!([labels[0], labels[1]]));
    assert_eq!(shown("WEB-2").await["labels"], json!([labels[1]]));
    let set =
        json!({"add_labels": [labels[2]], "remove_labels": [labels[0], labels[1]], "remove_assignees": [alex.id]});
    bulk(&alex, both.clone(), set).await.ok(200);
    for task in ["WEB-1", "WEB-2"] {
        let task = shown(task).await;
        assert_eq!((&task["labels"], &task["assignees"]), (&json!([labels[2]]), &json!([])));
    }
    bulk(&alex, both.clone(), json!({"labels": []})).await.ok(200);
    assert_eq!(shown("WEB-1").await["labels"], json!([]));
    let stranger = Stack::shared().person("Eve").await;
    let refused = bulk(&alex, both, json!({"add_assignees": [stranger.id]})).await.ok(200);
    assert_eq!(statuses(&refused), [422, 422]);
    assert_eq!(refused["items"][0]["problem"]["errors"][0]["field"], "set.assignees[0]");
}

#[tokio::test]
async fn tasks_can_be_archived_and_restored_in_bulk() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let keys = tasks(&alex, "WEB", 3).await;
    let on_board = async || {
        let snapshot = alex.get(&format!("/api/boards/{}", board.id)).await.ok(200);
        snapshot["tasks"].as_array().expect("cards").len()
    };
    let gone = bulk(&alex, json!(keys), json!({"archived": true})).await.ok(200);
    assert_eq!(statuses(&gone), [200, 200, 200]);
    assert_eq!((gone["items"][1]["card"]["archived"].clone(), on_board().await), (json!(true), 0));
    assert_eq!(newest(&alex, "WEB-2").await["type"], "task.archived");
    let back = bulk(&alex, json!(keys), json!({"archived": false})).await.ok(200);
    assert_eq!((statuses(&back), on_board().await), (vec![200, 200, 200], 3));
    let task = alex.get("/api/tasks/WEB-2").await.ok(200);
    assert_eq!((&task["archived"], &task["version"]), (&json!(false), &back["items"][1]["card"]["version"]));
    let mixed = json!({"archived": true, "priority": "low"});
    bulk(&alex, json!(keys), mixed).await.invalid(&["set.archived"]);
}

#[tokio::test]
async fn an_undo_skips_tasks_changed_since() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    tasks(&alex, "WEB", 2).await;
    let raised = bulk(&alex, json!(["WEB-1", "WEB-2"]), json!({"priority": "urgent"})).await.ok(200);
    alex.patch("/api/tasks/WEB-2", json!({"title": "Meanwhile"})).await.ok(200);
    let known: Vec<Value> = raised["items"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| json!({"task": line["task"], "version": line["card"]["version"]}))
        .collect();
    let undone = bulk(&alex, json!(known), json!({"priority": "medium"})).await.ok(200);
    assert_eq!(statuses(&undone), [200, 412]);
    let current = &undone["items"][1]["problem"]["current"];
    assert_eq!((&current["title"], &current["priority"]), (&json!("Meanwhile"), &json!("urgent")));
    assert_eq!(alex.get("/api/tasks/WEB-1").await.ok(200)["priority"], "medium");
    assert_eq!(alex.get("/api/tasks/WEB-2").await.ok(200)["priority"], "urgent");
}

#[tokio::test]
async fn a_bulk_status_selects_a_column_per_board_and_keeps_the_order() {
    let alex = Stack::shared().person("Alex").await;
    let web = alex.project("WEB").await;
    let app = alex.project("APP").await;
    tasks(&alex, "WEB", 3).await;
    tasks(&alex, "APP", 1).await;
    let named = json!(["WEB-3", "APP-1", "WEB-1", "WEB-2"]);
    bulk(&alex, named, json!({"status": "done"})).await.ok(200);
    let snapshot = alex.get(&format!("/api/boards/{}", web.id)).await.ok(200);
    let mut cards = snapshot["tasks"].as_array().expect("cards").clone();
    assert!(cards.iter().all(|card| card["column_id"] == json!(web.columns[4])), "{cards:?}");
    cards.sort_by_key(|card| card["position"].as_str().map(str::to_owned));
    let order: Vec<_> = cards.iter().filter_map(|card| card["key"].as_str()).collect();
    assert_eq!(order, ["WEB-3", "WEB-1", "WEB-2"]);
    let other = alex.get("/api/tasks/APP-1").await.ok(200);
    assert_eq!((&other["column_id"], other["closed_at"].is_string()), (&json!(app.columns[4]), true));
    let elsewhere = bulk(&alex, json!(["WEB-1", "APP-1"]), json!({"column_id": web.columns[1]})).await.ok(200);
    assert_eq!(statuses(&elsewhere), [200, 422]);
}

#[tokio::test]
async fn a_bulk_sprint_applies_to_tasks_of_its_project() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    alex.project("APP").await;
    tasks(&alex, "WEB", 1).await;
    tasks(&alex, "APP", 1).await;
    let sprint = json!({"name": "One", "start_date": "2099-01-04", "end_date": "2099-01-15"});
    let sprint = alex.post("/api/projects/WEB/sprints", sprint).await.ok(201);
    let answer = bulk(&alex, json!(["WEB-1", "APP-1"]), json!({"sprint_id": sprint["id"]})).await.ok(200);
    assert_eq!(statuses(&answer), [200, 422]);
    assert_eq!(answer["items"][1]["problem"]["errors"][0]["field"], "set.sprint_id");
    assert_eq!(alex.get("/api/tasks/WEB-1").await.ok(200)["sprint_id"], sprint["id"]);
    bulk(&alex, json!(["WEB-1"]), json!({"sprint_id": null})).await.ok(200);
    assert_eq!(alex.get("/api/tasks/WEB-1").await.ok(200)["sprint_id"], Value::Null);
}

#[tokio::test]
async fn a_bulk_change_accepts_at_most_a_hundred_tasks() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let keys = tasks(&alex, "WEB", 100).await;
    let answer = bulk(&alex, json!(keys), json!({"priority": "low"})).await.ok(200);
    assert_eq!(statuses(&answer), [200; 100]);
    let more: Vec<String> = (1..=101).map(|number| format!("WEB-{number}")).collect();
    bulk(&alex, json!(more), json!({"priority": "high"})).await.invalid(&["tasks"]);
    bulk(&alex, json!([]), json!({"priority": "high"})).await.invalid(&["tasks"]);
    bulk(&alex, json!(["WEB-1", "WEB-2", "WEB-1"]), json!({"priority": "high"})).await.invalid(&["tasks[2]"]);
    bulk(&alex, json!(["WEB-1"]), json!({})).await.invalid(&["set"]);
    assert_eq!(alex.get("/api/tasks/WEB-1").await.ok(200)["priority"], "low");
}

#[tokio::test]
async fn undoing_a_bulk_move_restores_positions() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let keys = tasks(&alex, "WEB", 5).await;
    let order = async || {
        let snapshot = alex.get(&format!("/api/boards/{}", board.id)).await.ok(200);
        let mut cards = snapshot["tasks"].as_array().expect("cards").clone();
        cards.retain(|card| card["column_id"] == json!(board.columns[0]));
        cards.sort_by_key(|card| card["position"].as_str().expect("a place").to_owned());
        cards.iter().map(|card| (card["key"].clone(), card["position"].clone())).collect::<Vec<_>>()
    };
    let before = order().await;
    let moved = json!([keys[3], keys[1], keys[0]]);
    let moved = bulk(&alex, moved, json!({"column_id": board.columns[2]})).await.ok(200);
    // What happens meanwhile stays: one comes to the top, one goes.
    let new = json!({"title": "New", "position": "top"});
    let new = alex.post("/api/projects/WEB/tasks", new).await.ok(201)["key"].clone();
    alex.move_task(&board, &keys[2], 0, 1).await.ok(200);
    let back = |line: &Value| {
        let place = before.iter().find(|(key, _)| *key == line["task"]).expect("was there");
        json!({"task": line["task"], "version": line["card"]["version"], "position": place.1})
    };
    let back: Vec<_> = moved["items"].as_array().expect("lines").iter().map(back).collect();
    let answer = bulk(&alex, json!(back), json!({"column_id": board.columns[0]})).await.ok(200);
    assert_eq!(statuses(&answer), [200; 3]);
    let after: Vec<_> = order().await.into_iter().map(|(key, _)| key).collect();
    assert_eq!(after, [new, json!(keys[0]), json!(keys[1]), json!(keys[3]), json!(keys[4])]);
    let places = |position: &str| json!([{"task": keys[0], "version": 3, "position": position}]);
    for wrong in ["", "W-1", "00"] {
        let set = json!({"column_id": board.columns[1]});
        bulk(&alex, places(wrong), set).await.invalid(&["tasks[0].position"]);
    }
    bulk(&alex, places("W1"), json!({"priority": "low"})).await.invalid(&["tasks[0].position"]);
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    tasks(&alex, "WEB", 1).await;
    for (set, field) in [
        (json!({"status": "done", "column_id": board.columns[1]}), "set.status"),
        (json!({"labels": [], "add_labels": ["lbl_AAAAAAAAAAAAAAAAAAAA"]}), "set.labels"),
        (json!({"assignees": [], "remove_assignees": [alex.id]}), "set.assignees"),
        (json!({"priority": "soon"}), "set.priority"),
        (json!({"title": "All the same"}), "set.title"),
    ] {
        bulk(&alex, json!(["WEB-1"]), set).await.invalid(&[field]);
    }
    bulk(&alex, json!(["nonsense"]), json!({"priority": "low"})).await.problem(422);
    let task = json!([{"task": "WEB-1", "version": 1, "more": 1}]);
    bulk(&alex, task, json!({"priority": "low"})).await.problem(422);
}

#[tokio::test]
async fn concurrent_changes_are_all_stored() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let keys = tasks(&alex, "WEB", 10).await;
    let (points, due, one) = futures::join!(
        bulk(&alex, json!(keys), json!({"story_points": 8})),
        bulk(&alex, json!(keys), json!({"due_date": "2027-03-01"})),
        alex.patch("/api/tasks/WEB-5", json!({"title": "Meanwhile"})),
    );
    one.ok(200);
    for answer in [points, due] {
        assert_eq!(statuses(&answer.ok(200)), [200; 10]);
    }
    for key in &keys {
        let task = alex.get(&format!("/api/tasks/{key}")).await.ok(200);
        assert_eq!((&task["story_points"], &task["due_date"]), (&json!(8), &json!("2027-03-01")), "{key}");
    }
    assert_eq!(alex.get("/api/tasks/WEB-5").await.ok(200)["title"], "Meanwhile");
}
