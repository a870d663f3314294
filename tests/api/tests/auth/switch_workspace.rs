use crate::refresh;
use millrace_api_tests::{Person, Stack, unique};
use serde_json::json;

async fn second(alex: &Person<'_>) -> (String, String) {
    let slug = unique("switch-");
    let second = alex.post("/api/workspaces", json!({"name": "Second", "slug": slug})).await.ok(201);
    (second["id"].as_str().expect("an id").to_owned(), slug)
}

#[tokio::test]
async fn switching_moves_the_session_to_another_workspace() {
    let stack = Stack::shared();
    let mut alex = stack.person("Alex").await;
    let (id, slug) = second(&alex).await;
    let path = format!("/api/workspaces/{id}");
    alex.get(&path).await.problem(404);

    let reply = alex.post("/api/auth/switch", json!({"workspace": slug})).await;
    // An access token does not become a refresh cookie.
    assert!(reply.header("set-cookie").is_empty());
    let answer = reply.ok(200);
    assert_eq!((&answer["workspace"]["id"], &answer["workspace"]["role"]), (&json!(id), &json!("owner")));
    assert_eq!(answer["workspaces"].as_array().map(Vec::len), Some(2));
    let first = std::mem::replace(&mut alex.token, answer["access_token"].as_str().expect("a token").to_owned());
    alex.get(&path).await.ok(200);
    alex.get(&format!("/api/workspaces/{}", alex.workspace)).await.problem(404);

    let reply = refresh(stack, &alex.refresh).await;
    alex.refresh = reply.refresh_cookie();
    assert_eq!(reply.ok(200)["workspace"]["id"], id);
    let login = crate::login(stack, &alex.email, millrace_api_tests::PASSWORD).await.ok(200);
    assert_eq!(login["workspace"]["id"], id);
    // The first token is still good where it was made for; back by id.
    alex.token = first;
    alex.get(&format!("/api/workspaces/{}", alex.workspace)).await.ok(200);
    let back = alex.post("/api/auth/switch", json!({"workspace": alex.workspace})).await.ok(200);
    assert_eq!(back["workspace"]["id"], alex.workspace);
}

#[tokio::test]
async fn switching_requires_membership() {
    let stack = Stack::shared();
    let (alex, sam) = (stack.person("Alex").await, stack.person("Sam").await);
    let foreign = alex.post("/api/auth/switch", json!({"workspace": sam.workspace})).await.problem(404);
    let missing = alex.post("/api/auth/switch", json!({"workspace": "no-such-workspace"})).await.problem(404);
    assert_eq!(foreign["detail"], missing["detail"]);
    alex.post("/api/auth/switch", json!({"workspace": "Not One"})).await.invalid(&["workspace"]);
    alex.post("/api/auth/switch", json!({})).await.invalid(&["workspace"]);
    stack.call("POST", "/api/auth/switch", Some(json!({"workspace": "x1"}))).await.problem(401);
}

#[tokio::test]
async fn a_revoked_session_cannot_switch() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let (_, slug) = second(&alex).await;
    assert_eq!(alex.post("/api/auth/logout", json!({})).await.status, 204);
    alex.post("/api/auth/switch", json!({"workspace": slug})).await.problem(401);
}

#[tokio::test]
async fn idempotency_records_contain_no_token() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let (_, slug) = second(&alex).await;
    let switch = |workspace: String| {
        let request = alex.request("POST", "/api/auth/switch").header("idempotency-key", "same");
        millrace_api_tests::Reply::of(request.json(&json!({"workspace": workspace})))
    };
    assert_eq!(switch(slug.clone()).await.ok(200)["workspace"]["slug"], slug);
    assert_eq!(switch(alex.workspace.clone()).await.ok(200)["workspace"]["id"], alex.workspace);
}
