use crate::{exported, import, tasks};
use millrace_api_tests::{Person, Stack};
use serde_json::{Value, json};

/// A project with something of everything.
async fn rich(stack: &Stack) -> Person<'_> {
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    alex.project("TWO").await;
    let sam = alex.invite("Sam", "member", &[("WEB", "developer"), ("TWO", "developer")]).await;
    let post = |path: &str, body: Value| {
        let (alex, path) = (alex.clone(), path.to_owned());
        async move { alex.post(&path, body).await.ok(201) }
    };
    post(&format!("/api/boards/{}/columns", board.id), json!({"name": "Parked", "category": "todo", "wip_limit": 7}))
        .await;
    let other = post("/api/projects/WEB/boards", json!({"name": "Second board", "template": "bugs"})).await;
    let bug = post("/api/projects/WEB/labels", json!({"name": "Bug; urgent, or not", "color": "#c92a2a"})).await["id"]
        .clone();
    let new = post("/api/projects/WEB/labels", json!({"name": "Neu", "color": "#123456"})).await["id"].clone();
    let fields = json!({"fields": [
        {"name": "Customer", "kind": "text"}, {"name": "Weight", "kind": "number"}, {"name": "Since", "kind": "date"},
        {"name": "Size", "kind": "select", "options": ["S", "L"]}, {"name": "Tester", "kind": "person"}, {"name": "Link", "kind": "url"},
    ]});
    let fields = alex.put("/api/projects/WEB/fields", fields).await.ok(200)["fields"].clone();
    let field = |index: usize| fields[index]["id"].as_str().expect("an id").to_owned();
    let sprint = json!({"name": "Sprint 1", "goal": "All of it", "start_date": "2027-01-04", "end_date": "2027-01-15", "capacity": 20});
    let sprint = post("/api/projects/WEB/sprints", sprint).await["id"].clone();
    post("/api/projects/WEB/tasks", json!({
        "title": "=1+1 is no formula", "description": "# All\n\n\"of\" it, 🎉\n", "priority": "urgent", "assignees": [sam.id, alex.id],
        "labels": [new, bug], "story_points": 8, "estimated_hours": 2.5, "start_date": "2027-01-04", "due_date": "2027-01-15",
        "sprint_id": sprint, "metadata": {"crm": {"id": 7, "tags": ["a", null]}},
        "custom": {field(0): "'+Acme, \"Ltd\"", field(1): -2.5, field(2): "2026-02-28", field(3): "L", field(4): sam.id, field(5): "https://example.com/?a=1"},
    })).await;
    post("/api/projects/WEB/tasks", json!({"title": "A part", "parent": "WEB-1"})).await;
    post("/api/projects/WEB/tasks", json!({"title": "'@mention", "position": "top"})).await;
    post("/api/projects/WEB/tasks", json!({"title": "On the second board", "board_id": other["id"]})).await;
    for (task, to) in [("WEB-2", 4), ("WEB-1", 2)] {
        alex.move_task(&board, task, 0, to).await.ok(200);
    }
    for (task, relation, other) in
        [("WEB-1", "blocks", "WEB-3"), ("WEB-2", "relates", "WEB-4"), ("WEB-3", "duplicates", "WEB-4")]
    {
        post(&format!("/api/tasks/{task}/links"), json!({"kind": relation, "task": other})).await;
    }
    let first = sam.post("/api/tasks/WEB-1/comments", json!({"body": "First, by Sam"})).await.ok(201);
    post(
        "/api/tasks/WEB-1/comments",
        json!({"body": format!("An answer to @[Sam]({})", sam.id), "reply_to": first["id"]}),
    )
    .await;
    let edited = post("/api/tasks/WEB-1/comments", json!({"body": "Once"})).await;
    let edited = edited["id"].as_str().expect("an id");
    alex.patch(&format!("/api/tasks/WEB-1/comments/{edited}"), json!({"body": "Twice"})).await.ok(200);
    sam.put("/api/tasks/WEB-3/watch", json!(null)).await.ok(200);
    alex
}

/// The file without what is another's in another project: keys, and how ranks are spelled.
fn comparable(text: &str, project: &str) -> Value {
    let mut file: Value = serde_json::from_str(&text.replace(&format!("{project}-"), "X-")).expect("JSON");
    for field in ["exported_at", "key", "name"] {
        file.as_object_mut().expect("an object").remove(field);
    }
    let board = |file: &mut Value| -> Vec<Value> { std::mem::take(file["boards"].as_array_mut().expect("boards")) };
    let mut boards = board(&mut file);
    for board in &mut boards {
        if board["main"] == true {
            board["name"] = json!("main");
        }
    }
    boards.sort_by_key(|board| board["name"].to_string());
    file["boards"] = json!(boards);
    for list in ["labels", "sprints"] {
        file[list].as_array_mut().expect("a list").sort_by_key(|entry| entry["name"].to_string());
    }
    let mut order: Vec<String> =
        file["tasks"].as_array().expect("tasks").iter().map(|task| task["position"].to_string()).collect();
    order.sort();
    for task in file["tasks"].as_array_mut().expect("tasks") {
        let own = task["position"].to_string();
        task["position"] = json!(order.iter().position(|position| *position == own));
        for list in ["labels", "links"] {
            if let Some(list) = task[list].as_array_mut() {
                list.sort_by_key(ToString::to_string);
            }
        }
    }
    file
}

#[tokio::test]
async fn a_project_comes_back_equal() {
    let stack = Stack::own().await;
    let alex = rich(&stack).await;
    stack.idle().await;
    let (answer, text) = exported(&alex, "WEB", "json").await;
    assert_eq!((&answer["tasks"], &answer["attachments"]), (&json!(4), &json!(0)));
    let (_, done) = import(&alex, "TWO", "json", text.as_bytes(), json!({})).await;
    assert_eq!((&done["import"]["problem_count"], &done["problems"]), (&json!(0), &json!([])));
    assert_eq!(done["made"]["boards"], json!(["Second board"]));
    let (_, again) = exported(&alex, "TWO", "json").await;
    let (before, after) = (comparable(&text, "WEB"), comparable(&again, "TWO"));
    assert!(
        before["tasks"][0]["comments"].as_array().map(Vec::len) == Some(3) && before["tasks"][0]["links"].is_array()
    );
    for list in ["boards", "labels", "fields", "sprints", "description"] {
        assert_eq!(after[list], before[list], "{list}");
    }
    for (one, other) in before["tasks"].as_array().expect("tasks").iter().zip(after["tasks"].as_array().expect("tasks"))
    {
        assert_eq!(other, one);
    }
    assert_eq!(after, before);
    let part = alex.get("/api/tasks/TWO-1").await.ok(200);
    assert_eq!((&part["subtask_count"], &part["subtask_done"]), (&json!(1), &json!(1)));
    assert_eq!(alex.get("/api/tasks/TWO-3").await.ok(200)["blocked"], true);
}

#[tokio::test]
async fn a_table_holds_no_formula_and_comes_back_equal() {
    let stack = Stack::own().await;
    let alex = rich(&stack).await;
    let (_, text) = exported(&alex, "WEB", "csv").await;
    assert!(text.starts_with("Key,Title,Description,Column,"), "{text}");
    assert!(text.contains(",'=1+1 is no formula,") && text.contains("''@mention"), "{text}");
    let fields = alex.get("/api/projects/WEB/fields").await.ok(200)["fields"].clone();
    let wanted: Vec<Value> = fields
        .as_array()
        .expect("fields")
        .iter()
        .cloned()
        .map(|mut field| {
            field.as_object_mut().expect("a field").remove("id");
            field
        })
        .collect();
    alex.put("/api/projects/TWO/fields", json!({"fields": wanted})).await.ok(200);
    let sprint = json!({"name": "Sprint 1", "start_date": "2027-01-04", "end_date": "2027-01-15"});
    alex.post("/api/projects/TWO/sprints", sprint).await.ok(201);
    let more = json!({"make_columns": true});
    let (_, done) = import(&alex, "TWO", "csv", text.as_bytes(), more).await;
    assert_eq!(done["problems"], json!([]));
    let (_, again) = exported(&alex, "TWO", "csv").await;
    assert_eq!(again.replace("TWO-", "WEB-"), text);
    let board = alex.get("/api/projects/TWO").await.ok(200)["board_id"].as_str().expect("a board").to_owned();
    assert_eq!(tasks(&alex, &board).await.len(), 4);
}

#[tokio::test]
async fn only_those_who_manage_a_project_take_it_out() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let dev = alex.invite("Dev", "member", &[("WEB", "developer")]).await;
    let body = json!({"project": "WEB", "format": "json"});
    dev.post("/api/exports/tasks", body.clone()).await.problem(403);
    let eve = stack.person("Eve").await;
    eve.post("/api/exports/tasks", body).await.problem(404);
    assert_eq!(
        alex.post("/api/exports/tasks", json!({"project": "WEB", "format": "pdf"})).await.problem(422)["errors"][0]["field"],
        "format"
    );
}
