use millrace_api_tests::{Socket, Stack};
use serde_json::json;

#[tokio::test]
async fn a_ticket_is_valid_once() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let answer = alex.post("/api/auth/live-ticket", json!({})).await.ok(200);
    assert_eq!(answer["expires_in"], 30);
    let ticket = answer["ticket"].as_str().expect("a ticket");
    let socket = Socket::open(stack, ticket).await.expect("the socket opens");
    assert_eq!(Socket::open(stack, ticket).await.err(), Some(401));
    socket.close().await;
}

#[tokio::test]
async fn a_ticket_expires_after_30_seconds() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let answer = alex.post("/api/auth/live-ticket", json!({})).await.ok(200);
    stack.advance("PT31S").await;
    assert_eq!(Socket::open(&stack, answer["ticket"].as_str().expect("a ticket")).await.err(), Some(401));
}

#[tokio::test]
async fn a_ticket_requires_a_workspace() {
    let stack = Stack::shared();
    let robin = stack.person_without_workspace("Robin").await;
    robin.post("/api/auth/live-ticket", json!({})).await.problem(403);
    stack.call("POST", "/api/auth/live-ticket", None).await.problem(401);
}
