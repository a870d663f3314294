use crate::refresh;
use millrace_api_tests::{PASSWORD, Reply, Stack};
use serde_json::json;

#[tokio::test]
async fn sessions_are_listed_and_can_be_revoked() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    stack.advance("PT1M").await;
    let body = json!({"email": alex.email, "password": PASSWORD});
    let request = stack.http.post(stack.url("/api/auth/login")).header("user-agent", "Another browser").json(&body);
    let other = Reply::of(request).await.refresh_cookie();

    let list = alex.get("/api/auth/sessions").await.ok(200);
    assert_eq!(list["next"], json!(null));
    let items = list["items"].as_array().expect("items");
    assert_eq!(items.len(), 2);
    assert_eq!((&items[0]["user_agent"], &items[0]["current"]), (&json!("Another browser"), &json!(false)));
    assert_eq!((&items[1]["current"], &items[1]["address"]), (&json!(true), &json!("127.0.0.1")));
    assert!(items.iter().all(|item| item["created_at"].is_string() && item["used_at"].is_string()));
    assert!(!list.to_string().contains("secret") && !list.to_string().contains("hash"));

    // The last used comes first.
    stack.advance("PT1M").await;
    refresh(&stack, &alex.refresh).await.ok(200);
    let list = alex.get("/api/auth/sessions").await.ok(200);
    assert_eq!(list["items"][0]["current"], true);

    let path = format!("/api/auth/sessions/{}", items[0]["id"].as_str().expect("an id"));
    assert_eq!(alex.delete(&path).await.status, 204);
    refresh(&stack, &other).await.problem(401);
    alex.delete(&path).await.problem(404);
    assert_eq!(alex.get("/api/auth/sessions").await.ok(200)["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn expired_sessions_are_not_listed() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    crate::login(&stack, &alex.email, PASSWORD).await.ok(200);
    stack.advance("PT700H").await;
    let cookie = refresh(&stack, &alex.refresh).await.refresh_cookie();
    stack.advance("PT21H").await;
    let answer = refresh(&stack, &cookie).await.ok(200);
    let token = answer["access_token"].as_str().expect("a token");
    let list = Reply::of(stack.http.get(stack.url("/api/auth/sessions")).bearer_auth(token)).await.ok(200);
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn sessions_of_others_cannot_be_revoked() {
    let stack = Stack::shared();
    let (alex, sam) = (stack.person("Alex").await, stack.person("Sam").await);
    let list = sam.get("/api/auth/sessions").await.ok(200);
    let id = list["items"][0]["id"].as_str().expect("an id");
    alex.delete(&format!("/api/auth/sessions/{id}")).await.problem(404);
    alex.delete("/api/auth/sessions/nonsense").await.problem(404);
    refresh(stack, &sam.refresh).await.ok(200);
}
