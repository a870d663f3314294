use millrace_api_tests::{Reply, Stack};
use serde_json::{Value, json};

#[tokio::test]
async fn a_created_task_has_the_sent_and_derived_fields() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let label = alex.post("/api/projects/WEB/labels", json!({"name": "bug", "color": "#c92a2a"})).await.ok(201);
    let sent = json!({
        "title": "  Mend the wheel ", "description": "With *oak*.", "priority": "high", "assignees": [alex.id, alex.id],
        "labels": [label["id"]], "story_points": 5, "estimated_hours": 2.5, "start_date": "2027-01-01",
        "due_date": "2027-01-31", "metadata": {"ticket": {"id": 7}}, "column_id": board.columns[4],
    });
    let reply = alex.post("/api/projects/web/tasks", sent.clone()).await;
    assert_eq!(reply.header("etag"), "\"1\"");
    let task = reply.ok(201);
    for field in
        ["description", "priority", "labels", "story_points", "estimated_hours", "start_date", "due_date", "metadata"]
    {
        assert_eq!(task[field], sent[field], "{field}");
    }
    assert_eq!(
        (&task["key"], &task["project"], &task["title"]),
        (&json!("WEB-1"), &json!("WEB"), &json!("Mend the wheel"))
    );
    assert_eq!(
        (&task["assignees"], &task["watchers"], &task["reporter"]),
        (&json!([alex.id]), &json!([alex.id]), &json!(alex.id))
    );
    assert_eq!((&task["status"], &task["closed_at"]), (&json!("done"), &task["created_at"]));
    assert_eq!((&task["archived"], &task["version"], &task["custom"]), (&json!(false), &json!(1), &json!({})));
    assert_eq!(alex.get("/api/tasks/web-1").await.ok(200), task);
    let history = alex.get("/api/tasks/WEB-1/history").await.ok(200);
    let event = &history["items"][0];
    assert_eq!(
        (&event["type"], &event["task"], &event["board_id"]),
        (&json!("task.created"), &json!("WEB-1"), &json!(board.id))
    );
    assert_eq!(event["data"]["card"]["title"], "Mend the wheel");
}

#[tokio::test]
async fn a_task_defaults_to_the_first_column_and_the_given_end() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    for position in [Value::Null, json!("top"), json!("bottom")] {
        let sent = json!({"title": "A card", "position": position});
        alex.post("/api/projects/WEB/tasks", sent).await.ok(201);
    }
    let list = alex.get("/api/projects/WEB/tasks?sort=position").await.ok(200);
    let items = list["items"].as_array().expect("items");
    let keys: Vec<_> = items.iter().map(|task| &task["key"]).collect();
    assert_eq!(keys, ["WEB-2", "WEB-1", "WEB-3"]);
    assert!(items.iter().all(|task| task["column_id"] == board.columns[0].as_str() && task["status"] == "backlog"));
}

#[tokio::test]
async fn an_idempotency_key_creates_one_task() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let call = async |title: &str| {
        let request = alex.request("POST", "/api/projects/WEB/tasks").header("Idempotency-Key", "once");
        Reply::of(request.json(&json!({"title": title}))).await
    };
    let first = call("Once").await.ok(201);
    assert_eq!(call("Once").await.ok(201), first);
    call("Another").await.invalid(&["Idempotency-Key"]);
    let list = alex.get("/api/projects/WEB/tasks").await.ok(200);
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let stack = Stack::shared();
    let (alex, stranger) = (stack.person("Alex").await, stack.person("Bo").await);
    let (board, other) = (alex.project("WEB").await, alex.project("APP").await);
    let guest = alex.invite("Guest", "guest", &[]).await;
    alex.task("WEB", "The whole").await;
    alex.post("/api/projects/WEB/tasks", json!({"title": "A part", "parent": "WEB-1"})).await.ok(201);
    alex.task("WEB", "Archived").await;
    alex.delete("/api/tasks/WEB-3").await.ok(204);
    alex.task("APP", "Elsewhere").await;
    let label = "lbl_AAAAAAAAAAAAAAAAAAAA";
    let many: Vec<_> = (0..51).map(|_| alex.id.clone()).collect();
    for (sent, fields) in [
        (json!({"title": null}), vec!["title"]),
        (json!({"title": " "}), vec!["title"]),
        (json!({"title": "x".repeat(251)}), vec!["title"]),
        (json!({"title": "a\u{0}b"}), vec!["title"]),
        (json!({"description": "x".repeat(50_001)}), vec!["description"]),
        (json!({"priority": "huge"}), vec!["priority"]),
        (json!({"assignees": [stranger.id]}), vec!["assignees[0]"]),
        (json!({"assignees": [alex.id, guest.id]}), vec!["assignees[1]"]),
        (json!({"assignees": ["me"]}), vec!["assignees[0]"]),
        (json!({"assignees": many}), vec!["assignees"]),
        (json!({"labels": [label]}), vec!["labels[0]"]),
        (json!({"labels": [label], "assignees": [stranger.id]}), vec!["assignees[0]", "labels[0]"]),
        (json!({"story_points": 1.5}), vec!["story_points"]),
        (json!({"story_points": -1}), vec!["story_points"]),
        (json!({"story_points": 1_001}), vec!["story_points"]),
        (json!({"estimated_hours": -0.5}), vec!["estimated_hours"]),
        (json!({"estimated_hours": 10_001}), vec!["estimated_hours"]),
        (json!({"due_date": "2027-02-30"}), vec!["due_date"]),
        (json!({"start_date": "2027-02-02", "due_date": "2027-02-01"}), vec!["due_date"]),
        (json!({"parent": "WEB-2"}), vec!["parent"]),
        (json!({"parent": "WEB-3"}), vec!["parent"]),
        (json!({"parent": "WEB-99"}), vec!["parent"]),
        (json!({"parent": "APP-1"}), vec!["parent"]),
        (json!({"board_id": other.id}), vec!["board_id"]),
        (json!({"board_id": "WEB"}), vec!["board_id"]),
        (json!({"column_id": other.columns[0]}), vec!["column_id"]),
        (json!({"board_id": board.id, "column_id": "x"}), vec!["column_id"]),
        (json!({"position": "middle"}), vec!["position"]),
        (json!({"metadata": []}), vec!["metadata"]),
        (json!({"metadata": {"a": "x".repeat(10_000)}}), vec!["metadata"]),
        (json!({"status": "done"}), vec!["status"]),
        (json!({"reporter": alex.id}), vec!["reporter"]),
    ] {
        let mut body = json!({"title": "A task"});
        for (name, value) in sent.as_object().expect("an object") {
            body[name] = value.clone();
        }
        alex.post("/api/projects/WEB/tasks", body).await.invalid(&fields);
    }
    let list = alex.get("/api/projects/WEB/tasks").await.ok(200);
    assert_eq!(list["items"].as_array().map(Vec::len), Some(2), "nothing was made on the way");
    let request = alex.request("POST", "/api/projects/WEB/tasks").header("content-type", "application/json");
    Reply::of(request.body("{\"title\": ")).await.problem(400);
}

#[tokio::test]
async fn creating_a_task_requires_a_developer() {
    let stack = Stack::shared();
    let (alex, stranger) = (stack.person("Alex").await, stack.person("Bo").await);
    alex.project("WEB").await;
    let member = alex.invite("Mia", "member", &[]).await;
    let tester = alex.invite("Tess", "guest", &[("WEB", "tester")]).await;
    let elsewhere = alex.invite("Gus", "guest", &[]).await;
    let sent = json!({"title": "A task"});
    member.post("/api/projects/WEB/tasks", sent.clone()).await.problem(403);
    elsewhere.post("/api/projects/WEB/tasks", sent.clone()).await.problem(404);
    stranger.post("/api/projects/WEB/tasks", sent.clone()).await.problem(404);
    tester.post("/api/projects/WEB/tasks", sent).await.ok(201);
    member.get("/api/tasks/WEB-1").await.ok(200);
    member.patch("/api/tasks/WEB-1", json!({"title": "B"})).await.problem(403);
    for reply in [
        stranger.get("/api/tasks/WEB-1").await,
        stranger.get("/api/tasks/WEB-1/history").await,
        stranger.patch("/api/tasks/WEB-1", json!({"title": "B"})).await,
        stranger.put("/api/tasks/WEB-1", json!({"title": "B"})).await,
        stranger.delete("/api/tasks/WEB-1").await,
        stranger.post("/api/tasks/WEB-1/restore", json!({})).await,
        stranger.post("/api/tasks/WEB-1/assign", json!({"auto": true})).await,
        elsewhere.get("/api/tasks/WEB-1").await,
        elsewhere.get("/api/projects/WEB/tasks").await,
    ] {
        reply.problem(404);
    }
}

#[tokio::test]
async fn task_keys_are_scoped_to_their_workspace() {
    let stack = Stack::shared();
    let (alex, bo) = (stack.person("Alex").await, stack.person("Bo").await);
    alex.project("WEB").await;
    bo.project("WEB").await;
    alex.task("WEB", "Alex's").await;
    bo.task("WEB", "Bo's").await;
    assert_eq!(alex.get("/api/tasks/WEB-1").await.ok(200)["title"], "Alex's");
    assert_eq!(bo.get("/api/tasks/WEB-1").await.ok(200)["title"], "Bo's");
    let list = bo.get("/api/tasks").await.ok(200);
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
}
