use millrace_api_tests::{PASSWORD, Stack, unique};
use serde_json::{Value, json};

#[tokio::test]
async fn me_returns_the_caller_and_their_workspaces() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.post("/api/workspaces", json!({"name": "A second one", "slug": unique("me-")})).await.ok(201);
    let me = alex.get("/api/users/me").await.ok(200);
    assert_eq!((&me["id"], &me["name"], &me["email"]), (&json!(alex.id), &json!("Alex"), &json!(alex.email)));
    assert_eq!((&me["workspace"]["id"], &me["workspace"]["role"]), (&json!(alex.workspace), &json!("owner")));
    let names: Vec<&str> =
        me["workspaces"].as_array().expect("a list").iter().filter_map(|own| own["name"].as_str()).collect();
    assert_eq!(names, ["A second one", "Alex and friends"]);
    stack.call("GET", "/api/users/me", None).await.problem(401);
}

#[tokio::test]
async fn a_new_name_applies_to_the_account_and_this_workspace() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let slug = unique("name-");
    alex.post("/api/workspaces", json!({"name": "Second", "slug": slug})).await.ok(201);
    assert_eq!(alex.patch("/api/users/me", json!({"name": " Alexandra "})).await.ok(200)["name"], "Alexandra");
    assert_eq!(alex.get("/api/users/me").await.ok(200)["name"], "Alexandra");
    let here = alex.get(&format!("/api/users/{}", alex.id)).await.ok(200);
    assert_eq!((&here["name"], &here["version"]), (&json!("Alexandra"), &json!(2)));
    // In another workspace they keep the name that people know there.
    let body = json!({"email": alex.email, "password": PASSWORD, "workspace": slug});
    let answer = stack.call("POST", "/api/auth/login", Some(body)).await.ok(200);
    assert_eq!(answer["user"]["name"], "Alexandra");
    let mut there = alex.clone();
    there.token = answer["access_token"].as_str().expect("a token").to_owned();
    assert_eq!(there.get(&format!("/api/users/{}", alex.id)).await.ok(200)["name"], "Alex");
    // Nothing to change is no write.
    alex.patch("/api/users/me", json!({})).await.ok(200);
    there.patch("/api/users/me", json!({})).await.ok(200);
    assert_eq!(there.get(&format!("/api/users/{}", alex.id)).await.ok(200)["name"], "Alex");
}

#[tokio::test]
async fn a_person_without_a_workspace_can_change_their_name() {
    let stack = Stack::shared();
    let robin = stack.person_without_workspace("Robin").await;
    assert_eq!(robin.patch("/api/users/me", json!({"name": "Rob"})).await.ok(200)["name"], "Rob");
    robin.put(&format!("/api/users/{}", robin.id), json!({"name": "Rob"})).await.problem(403);
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let cases: &[(Value, &str)] = &[
        (json!({"name": null}), "name"),
        (json!({"name": " "}), "name"),
        (json!({"name": "x".repeat(101)}), "name"),
        (json!({"email": "other@example.com"}), "email"),
        (json!({"role": "owner"}), "role"),
    ];
    for (body, field) in cases {
        alex.patch("/api/users/me", body.clone()).await.invalid(&[field]);
    }
}
