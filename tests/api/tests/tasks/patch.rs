use millrace_api_tests::{Person, Reply, Stack};
use serde_json::{Value, json};

async fn newest(person: &Person<'_>, task: &str) -> Value {
    person.get(&format!("/api/tasks/{task}/history?limit=1")).await.ok(200)["items"][0].clone()
}

#[tokio::test]
async fn omitted_fields_stay_and_null_clears() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let sent = json!({"title": "A task", "description": "Long.", "story_points": 3, "due_date": "2027-01-01", "metadata": {"a": 1}});
    alex.post("/api/projects/WEB/tasks", sent).await.ok(201);
    let task =
        alex.patch("/api/tasks/WEB-1", json!({"story_points": null, "description": null, "title": "Renamed"})).await;
    assert_eq!(task.header("etag"), "\"2\"");
    let task = task.ok(200);
    assert_eq!(
        (&task["title"], &task["description"], &task["story_points"]),
        (&json!("Renamed"), &json!(""), &Value::Null)
    );
    assert_eq!((&task["due_date"], &task["metadata"]), (&json!("2027-01-01"), &json!({"a": 1})));
    assert_eq!(alex.get("/api/tasks/WEB-1").await.ok(200), task);
    let event = newest(&alex, "WEB-1").await;
    assert_eq!(event["type"], "task.updated");
    assert_eq!(
        event["changes"],
        json!([
            {"field": "description", "from": "Long.", "to": ""},
            {"field": "story_points", "from": 3, "to": null},
            {"field": "title", "from": "A task", "to": "Renamed"},
        ])
    );
    let same = alex.patch("/api/tasks/WEB-1", json!({"title": "Renamed", "description": ""})).await.ok(200);
    assert_eq!(same, task, "nothing changed");
    assert_eq!(alex.patch("/api/tasks/WEB-1", json!({})).await.ok(200), task);
    assert_eq!(newest(&alex, "WEB-1").await, event);
    let long = "é".repeat(3_000);
    alex.patch("/api/tasks/WEB-1", json!({"description": long})).await.ok(200);
    let told = newest(&alex, "WEB-1").await["changes"][0]["to"].as_str().expect("text").chars().count();
    assert_eq!(told, 2_000);
    assert_eq!(alex.get("/api/tasks/WEB-1").await.ok(200)["description"], long);
}

#[tokio::test]
async fn the_event_type_follows_from_the_change() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    alex.task("WEB", "A task").await;
    for (change, kind, fields) in [
        (json!({"assignees": [alex.id]}), "task.assigned", vec!["assignees"]),
        (json!({"column_id": board.columns[4]}), "task.status_changed", vec!["column_id", "status"]),
        (json!({"column_id": board.columns[1], "title": "B"}), "task.updated", vec!["column_id", "status", "title"]),
        (json!({"reporter": null}), "task.updated", vec!["reporter"]),
    ] {
        let task = alex.patch("/api/tasks/WEB-1", change).await.ok(200);
        let event = newest(&alex, "WEB-1").await;
        let changed: Vec<_> =
            event["changes"].as_array().expect("changes").iter().map(|change| &change["field"]).collect();
        assert_eq!(event["type"], kind);
        assert_eq!(changed, fields);
        assert_eq!(event["data"]["card"]["version"], task["version"]);
        assert_eq!(task["closed_at"].is_null(), task["status"] != "done");
    }
}

#[tokio::test]
async fn a_status_leads_to_the_first_column_of_it() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    alex.task("WEB", "A task").await;
    alex.task("WEB", "Another").await;
    let task = alex.patch("/api/tasks/WEB-1", json!({"status": "review", "priority": "high"})).await.ok(200);
    assert_eq!((&task["column_id"], &task["status"]), (&json!(board.columns[3]), &json!("review")));
    assert_eq!(task["priority"], "high");
    let same = alex.patch("/api/tasks/WEB-1", json!({"status": "review"})).await.ok(200);
    assert_eq!(same, task, "a task that has the status stays where it is");
    let column = format!("/api/boards/{}/columns/{}", board.id, board.columns[3]);
    alex.patch(&column, json!({"wip_limit": 1})).await.ok(200);
    let full = alex.patch("/api/tasks/WEB-2", json!({"status": "review"})).await.invalid(&["status"]);
    assert!(full["detail"].as_str().expect("text").contains("takes at most 1"), "{full}");
    let both = json!({"status": "done", "column_id": board.columns[4]});
    alex.patch("/api/tasks/WEB-2", both).await.invalid(&["status"]);
    alex.patch("/api/tasks/WEB-2", json!({"status": null})).await.invalid(&["status"]);
    alex.delete(&format!("/api/boards/{}/columns/{}?move_to={}", board.id, board.columns[1], board.columns[0]))
        .await
        .ok(204);
    alex.patch("/api/tasks/WEB-2", json!({"status": "todo"})).await.invalid(&["status"]);
}

#[tokio::test]
async fn a_stale_version_is_412_with_the_current_task() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    alex.task("WEB", "A task").await;
    let current = alex.patch("/api/tasks/WEB-1", json!({"title": "B"})).await.ok(200);
    for (method, body) in [("PATCH", json!({"title": "C"})), ("PUT", json!({"title": "C"})), ("DELETE", Value::Null)] {
        let request = alex.request(method, "/api/tasks/WEB-1").header("If-Match", "\"1\"").json(&body);
        assert_eq!(Reply::of(request).await.problem(412)["current"], current, "{method}");
    }
    let request = alex.request("PATCH", "/api/tasks/WEB-1").header("If-Match", "\"2\"").json(&json!({"title": "C"}));
    assert_eq!(Reply::of(request).await.ok(200)["title"], "C");
    let request = alex.request("PATCH", "/api/tasks/WEB-1").header("If-Match", "new").json(&json!({"title": "D"}));
    Reply::of(request).await.invalid(&["If-Match"]);
}

#[tokio::test]
async fn concurrent_changes_are_all_stored() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    alex.task("WEB", "A task").await;
    let (points, hours, due, description) = futures::join!(
        alex.patch("/api/tasks/WEB-1", json!({"story_points": 8})),
        alex.patch("/api/tasks/WEB-1", json!({"estimated_hours": 4})),
        alex.patch("/api/tasks/WEB-1", json!({"due_date": "2027-03-01"})),
        alex.patch("/api/tasks/WEB-1", json!({"description": "Text"})),
    );
    [points, hours, due, description].into_iter().for_each(|reply| drop(reply.ok(200)));
    let task = alex.get("/api/tasks/WEB-1").await.ok(200);
    assert_eq!((&task["story_points"], &task["estimated_hours"]), (&json!(8), &json!(4.0)));
    assert_eq!(
        (&task["due_date"], &task["description"], &task["version"]),
        (&json!("2027-03-01"), &json!("Text"), &json!(5))
    );
}

#[tokio::test]
async fn subtasks_cannot_have_subtasks() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    for _ in 0..3 {
        alex.task("WEB", "A task").await;
    }
    alex.patch("/api/tasks/WEB-2", json!({"parent": "WEB-1"})).await.ok(200);
    alex.patch("/api/tasks/WEB-3", json!({"parent": "WEB-2"})).await.invalid(&["parent"]);
    alex.patch("/api/tasks/WEB-1", json!({"parent": "WEB-3"})).await.invalid(&["parent"]);
    alex.patch("/api/tasks/WEB-3", json!({"parent": "WEB-3"})).await.invalid(&["parent"]);
    alex.patch("/api/tasks/WEB-2", json!({"parent": "WEB-3"})).await.ok(200);
    let counts = async |task: &str| alex.get(&format!("/api/tasks/{task}")).await.ok(200)["subtask_count"].clone();
    assert_eq!((counts("WEB-1").await, counts("WEB-3").await), (json!(0), json!(1)));
}

#[tokio::test]
async fn references_to_removed_things_may_stay_but_not_be_added() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let label = alex.post("/api/projects/WEB/labels", json!({"name": "old", "color": "#000000"})).await.ok(201);
    let id = label["id"].as_str().expect("an id");
    let guest = alex.invite("Gus", "guest", &[("WEB", "developer")]).await;
    let sent = json!({"title": "A task", "labels": [id], "assignees": [guest.id]});
    alex.post("/api/projects/WEB/tasks", sent).await.ok(201);
    alex.delete(&format!("/api/projects/WEB/labels/{id}")).await.ok(204);
    alex.delete(&format!("/api/projects/WEB/members/{}", guest.id)).await.ok(204);
    let kept = json!({"title": "B", "labels": [id], "assignees": [guest.id, alex.id]});
    alex.patch("/api/tasks/WEB-1", kept).await.ok(200);
    alex.patch("/api/tasks/WEB-1", json!({"labels": [], "assignees": []})).await.ok(200);
    alex.patch("/api/tasks/WEB-1", json!({"labels": [id]})).await.invalid(&["labels[0]"]);
    alex.patch("/api/tasks/WEB-1", json!({"assignees": [guest.id]})).await.invalid(&["assignees[0]"]);
    alex.patch("/api/tasks/WEB-1", json!({"reporter": guest.id})).await.invalid(&["reporter"]);
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    alex.task("WEB", "A task").await;
    for (change, field) in [
        (json!({"title": null}), "title"),
        (json!({"title": ""}), "title"),
        (json!({"priority": null}), "priority"),
        (json!({"assignees": null}), "assignees"),
        (json!({"column_id": null}), "column_id"),
        (json!({"column_id": "col_AAAAAAAAAAAAAAAAAAAA"}), "column_id"),
        (json!({"story_points": 1_001}), "story_points"),
        (json!({"estimated_hours": "much"}), "estimated_hours"),
        (json!({"start_date": "2027-02-02", "due_date": "2027-02-01"}), "due_date"),
        (json!({"parent": "WEB-9"}), "parent"),
        (json!({"board_id": "WEB.b4fJq8sNcX0aZ"}), "board_id"),
        (json!({"key": "WEB-2"}), "key"),
        (json!({"version": 3}), "version"),
    ] {
        alex.patch("/api/tasks/WEB-1", change).await.invalid(&[field]);
    }
    for task in ["WEB-9", "WEB-0", "WEB", "WEB-01", "NONE-1"] {
        alex.patch(&format!("/api/tasks/{task}"), json!({"title": "B"})).await.problem(404);
    }
}
