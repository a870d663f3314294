use millrace_api_tests::Stack;
use serde_json::json;

#[tokio::test]
async fn a_board_starts_with_the_columns_of_its_template() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    for (template, first, last) in
        [("kanban", "Backlog", "Done"), ("scrum", "Product backlog", "Done"), ("bugs", "Reported", "Fixed")]
    {
        let sent = json!({"name": template, "template": template});
        let reply = alex.post("/api/projects/WEB/boards", sent).await;
        assert_eq!(reply.header("etag"), "\"1\"");
        let board = reply.ok(201);
        let snapshot = alex.get(&format!("/api/boards/{}", board["id"].as_str().expect("an id"))).await.ok(200);
        let columns = snapshot["columns"].as_array().expect("columns");
        assert_eq!((&columns[0]["name"], &columns[4]["name"], columns.len()), (&json!(first), &json!(last), 5));
        let categories: Vec<_> = columns.iter().map(|column| column["category"].as_str().expect("text")).collect();
        assert_eq!(categories, ["backlog", "todo", "in_progress", "review", "done"]);
        assert_eq!(snapshot["board"], board);
    }
    let boards = alex.get("/api/projects/WEB/boards").await.ok(200);
    let names: Vec<_> = boards["items"].as_array().expect("boards").iter().map(|board| &board["name"]).collect();
    assert_eq!(names, ["Project WEB", "kanban", "scrum", "bugs"]);
    assert!(boards["next"].is_null());
}

#[tokio::test]
async fn an_idempotency_key_creates_one_board() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let mut answers = Vec::new();
    for _ in 0..2 {
        let request = alex.request("POST", "/api/projects/WEB/boards").header("Idempotency-Key", "once");
        answers.push(millrace_api_tests::Reply::of(request.json(&json!({"name": "Twice?"}))).await.ok(201));
    }
    assert_eq!(answers[0], answers[1]);
    let boards = alex.get("/api/projects/WEB/boards").await.ok(200);
    assert_eq!(boards["items"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let boards = "/api/projects/WEB/boards".to_owned();
    let columns = format!("/api/boards/{}/columns", board.id);
    let column = |category: &str, limit: i64| json!({"name": "A", "category": category, "wip_limit": limit});
    for (path, body, field) in [
        (&boards, json!({}), "name"),
        (&boards, json!({"name": "  "}), "name"),
        (&boards, json!({"name": "x".repeat(101)}), "name"),
        (&boards, json!({"name": "A", "template": "waterfall"}), "template"),
        (&boards, json!({"name": "A", "id": "x"}), "id"),
        (&columns, json!({"category": "todo"}), "name"),
        (&columns, column("doing", 1), "category"),
        (&columns, column("todo", 0), "wip_limit"),
        (&columns, column("todo", 1_001), "wip_limit"),
        (&columns, column("todo", -1), "wip_limit"),
        (&columns, json!({"name": "A", "category": "todo", "position": "left"}), "position"),
    ] {
        alex.post(path, body).await.invalid(&[field]);
    }
    alex.post("/api/projects/NONE/boards", json!({"name": "A"})).await.problem(404);
}

#[tokio::test]
async fn developers_cannot_create_boards_and_strangers_see_none() {
    let stack = Stack::shared();
    let (alex, stranger) = (stack.person("Alex").await, stack.person("Bo").await);
    let board = alex.project("WEB").await;
    let developer = alex.invite("Dev", "member", &[("WEB", "developer")]).await;
    let path = format!("/api/boards/{}", board.id);
    developer.post("/api/projects/WEB/boards", json!({"name": "A"})).await.problem(403);
    developer.patch(&path, json!({"name": "A"})).await.problem(403);
    developer.post(&format!("{path}/columns"), json!({"name": "A", "category": "todo"})).await.problem(403);
    developer.get(&path).await.ok(200);
    for reply in [
        stranger.get(&path).await,
        stranger.get(&format!("{path}/events")).await,
        stranger.get(&format!("{path}/workflow")).await,
        stranger.patch(&path, json!({"name": "A"})).await,
        stranger.delete(&path).await,
        stranger.get("/api/projects/WEB/boards").await,
    ] {
        reply.problem(404);
    }
}
