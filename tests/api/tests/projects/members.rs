use millrace_api_tests::{Person, Stack};
use serde_json::{Value, json};

async fn listed(person: &Person<'_>) -> Vec<String> {
    let members = person.get("/api/projects/WEB/members").await.ok(200);
    let members = members["items"].as_array().expect("items").clone();
    members.iter().map(|member| format!("{} {}", member["user"]["name"], member["role"]).replace('"', "")).collect()
}

#[tokio::test]
async fn members_can_be_added_changed_and_removed() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let guest = alex.invite("Gus", "guest", &[]).await;
    let member = alex.invite("Mia", "member", &[]).await;
    let path = |person: &Person<'_>| format!("/api/projects/WEB/members/{}", person.id);
    let newest =
        async || alex.get(&format!("/api/boards/{}/events?limit=1", board.id)).await.ok(200)["items"][0].clone();
    assert_eq!(listed(&alex).await, ["Alex admin"]);
    guest.get("/api/projects/WEB").await.problem(404);

    let put = alex.put(&path(&guest), json!({"role": "developer"})).await.ok(200);
    assert_eq!((&put["user"]["id"], &put["role"]), (&json!(guest.id), &json!("developer")));
    let event = newest().await;
    assert_eq!((&event["type"], &event["board_id"]), (&json!("project.user_added"), &Value::Null));
    assert_eq!(event["changes"], json!([{"field": "role", "from": null, "to": "developer"}]));
    assert!(event["data"]["member"]["user"]["email"].is_null(), "guests hear of it too");
    guest.post("/api/projects/WEB/tasks", json!({"title": "At once"})).await.ok(201);

    alex.put(&path(&guest), json!({"role": "viewer"})).await.ok(200);
    let event = newest().await;
    assert_eq!((&event["type"], &event["changes"][0]["from"]), (&json!("project.updated"), &json!("developer")));
    alex.put(&path(&guest), json!({"role": "viewer"})).await.ok(200);
    assert_eq!(newest().await, event, "nothing changed");
    guest.post("/api/projects/WEB/tasks", json!({"title": "No more"})).await.problem(403);

    alex.put(&path(&member), json!({"role": "admin"})).await.ok(200);
    assert_eq!(listed(&guest).await, ["Alex admin", "Gus viewer", "Mia admin"]);
    member.put(&path(&member), json!({"role": "manager"})).await.ok(200);
    member.put(&path(&guest), json!({"role": "admin"})).await.problem(403);
    alex.delete(&path(&guest)).await.ok(204);
    assert_eq!(newest().await["data"], json!({"member_removed": guest.id}));
    alex.delete(&path(&guest)).await.problem(404);
    guest.get("/api/projects/WEB").await.problem(404);
    alex.delete(&path(&member)).await.ok(204);
    assert_eq!(member.get("/api/projects/WEB").await.ok(200)["role"], "viewer");
}

#[tokio::test]
async fn workspace_owners_are_admins_regardless_of_membership() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let path = format!("/api/projects/WEB/members/{}", alex.id);
    assert_eq!(alex.put(&path, json!({"role": "viewer"})).await.ok(200)["role"], "admin");
    alex.delete(&path).await.ok(204);
    assert_eq!(listed(&alex).await, ["Alex admin"]);
    alex.patch("/api/projects/WEB", json!({"name": "Still mine"})).await.ok(200);
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let stack = Stack::shared();
    let (alex, stranger) = (stack.person("Alex").await, stack.person("Bo").await);
    alex.project("WEB").await;
    let own = format!("/api/projects/WEB/members/{}", alex.id);
    alex.put(&own, json!({"role": "owner"})).await.invalid(&["role"]);
    alex.put(&own, json!({})).await.invalid(&["role"]);
    alex.put(&own, json!({"role": "admin", "since": 1})).await.invalid(&["since"]);
    for person in [stranger.id.as_str(), "me", "usr_AAAAAAAAAAAAAAAAAAAA"] {
        let path = format!("/api/projects/WEB/members/{person}");
        alex.put(&path, json!({"role": "viewer"})).await.problem(404);
        alex.delete(&path).await.problem(404);
    }
    stranger.put(&own, json!({"role": "viewer"})).await.problem(404);
}
