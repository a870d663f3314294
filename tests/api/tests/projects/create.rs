use millrace_api_tests::{Reply, Stack};
use serde_json::json;

#[tokio::test]
async fn a_new_project_has_a_board_and_its_creator_as_admin() {
    let alex = Stack::shared().person("Alex").await;
    let member = alex.invite("Mia", "member", &[]).await;
    let sent = json!({"key": "web", "name": "Website", "description": "The new one.", "template": "scrum"});
    let project = member.post("/api/projects", sent).await.ok(201);
    assert_eq!((&project["key"], &project["role"], &project["version"]), (&json!("WEB"), &json!("admin"), &json!(1)));
    assert_eq!(member.get("/api/projects/WEB").await.ok(200), project);
    let board = project["board_id"].as_str().expect("a board");
    let snapshot = member.get(&format!("/api/boards/{board}")).await.ok(200);
    assert_eq!(
        (&snapshot["board"]["name"], &snapshot["columns"][0]["name"]),
        (&json!("Website"), &json!("Product backlog"))
    );
    let members = member.get("/api/projects/WEB/members").await.ok(200);
    let names: Vec<_> =
        members["items"].as_array().expect("items").iter().map(|member| &member["user"]["name"]).collect();
    assert_eq!(names, ["Alex", "Mia"]);
    let events = member.get(&format!("/api/boards/{board}/events")).await.ok(200);
    let event = &events["items"][0];
    assert_eq!(
        (&event["type"], &event["project"], &event["board_id"]),
        (&json!("project.created"), &json!("WEB"), &json!(null))
    );
    member.patch("/api/projects/WEB", json!({"name": "Mine to change"})).await.ok(200);
}

#[tokio::test]
async fn project_keys_are_unique_per_workspace() {
    let stack = Stack::shared();
    let (alex, bo) = (stack.person("Alex").await, stack.person("Bo").await);
    alex.project("WEB").await;
    bo.project("WEB").await;
    let sent = json!({"key": "WEB", "name": "Again"});
    assert_eq!(alex.post("/api/projects", sent.clone()).await.problem(409)["current"]["field"], "key");
    alex.delete("/api/projects/WEB").await.ok(204);
    alex.post("/api/projects", sent).await.problem(409);
    let makes = (0..8).map(|_| alex.post("/api/projects", json!({"key": "APP", "name": "At once"})));
    let mut statuses: Vec<_> = futures::future::join_all(makes).await.iter().map(|reply| reply.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
}

#[tokio::test]
async fn an_idempotency_key_creates_one_project() {
    let alex = Stack::shared().person("Alex").await;
    let mut answers = Vec::new();
    for _ in 0..2 {
        let request = alex.request("POST", "/api/projects").header("Idempotency-Key", "once");
        answers.push(Reply::of(request.json(&json!({"key": "WEB", "name": "Once"}))).await.ok(201));
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn project_lists_show_visible_projects_only() {
    let stack = Stack::shared();
    let (alex, stranger) = (stack.person("Alex").await, stack.person("Bo").await);
    for key in ["WEB", "APP"] {
        alex.project(key).await;
    }
    let member = alex.invite("Mia", "member", &[("WEB", "manager")]).await;
    let guest = alex.invite("Gus", "guest", &[("APP", "tester")]).await;
    let roles = async |person: &millrace_api_tests::Person<'_>| {
        let list = person.get("/api/projects").await.ok(200);
        assert!(list["next"].is_null());
        let items = list["items"].as_array().expect("items").iter();
        items.map(|project| format!("{} {}", project["key"], project["role"]).replace('"', "")).collect::<Vec<_>>()
    };
    assert_eq!(roles(&alex).await, ["APP admin", "WEB admin"]);
    assert_eq!(roles(&member).await, ["APP viewer", "WEB manager"]);
    assert_eq!(roles(&guest).await, ["APP tester"]);
    assert!(roles(&stranger).await.is_empty());
    guest.get("/api/projects/WEB").await.problem(404);
    stranger.get("/api/projects/WEB").await.problem(404);
    guest.post("/api/projects", json!({"key": "NEW", "name": "New"})).await.problem(403);
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let alex = Stack::shared().person("Alex").await;
    for (sent, field) in [
        (json!({"name": "A"}), "key"),
        (json!({"key": "A", "name": "A"}), "key"),
        (json!({"key": "1A", "name": "A"}), "key"),
        (json!({"key": "ABCDEFGHIJK", "name": "A"}), "key"),
        (json!({"key": "WEB-1", "name": "A"}), "key"),
        (json!({"key": "ÄÖ", "name": "A"}), "key"),
        (json!({"key": "WEB"}), "name"),
        (json!({"key": "WEB", "name": ""}), "name"),
        (json!({"key": "WEB", "name": "A", "description": "x".repeat(2_001)}), "description"),
        (json!({"key": "WEB", "name": "A", "template": "other"}), "template"),
        (json!({"key": "WEB", "name": "A", "owner": "me"}), "owner"),
    ] {
        alex.post("/api/projects", sent).await.invalid(&[field]);
    }
}
