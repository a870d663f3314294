//! live-connect and live-default: a socket opens with a ticket, which is good once and for 30 seconds, and a frame of no
//! known action is answered with an error.

use millrace_api_tests::{Socket, Stack};
use serde_json::json;

#[tokio::test]
async fn a_socket_requires_a_valid_ticket() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let answer = alex.post("/api/auth/live-ticket", json!({})).await.ok(200);
    let ticket = answer["ticket"].as_str().expect("a ticket");
    Socket::open(stack, ticket).await.expect("the first time");
    assert_eq!(Socket::open(stack, ticket).await.err(), Some(401), "a ticket is good once");
    assert_eq!(Socket::open(stack, "made-up").await.err(), Some(401));
    assert_eq!(Socket::open(stack, "").await.err(), Some(401));
}

#[tokio::test]
async fn a_socket_ticket_expires_after_thirty_seconds() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let ticket = alex.post("/api/auth/live-ticket", json!({})).await.ok(200);
    stack.advance("PT31S").await;
    assert_eq!(Socket::open(&stack, ticket["ticket"].as_str().expect("a ticket")).await.err(), Some(401));
}

#[tokio::test]
async fn unknown_actions_are_answered_with_an_error_frame() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let mut socket = alex.socket().await;
    for frame in ["{}", "[]", "no json", r#"{"action":"dance"}"#, r#"{"action":"$connect"}"#] {
        socket.send_text(frame).await;
        let error = socket.next("error").await;
        assert_eq!(error["status"], 400, "{frame}: {error}");
        assert!(error["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
    }
    socket.send(json!({"action": "subscribe", "board_id": "no board"})).await;
    let error = socket.next("error").await;
    assert_eq!((&error["status"], &error["errors"][0]["field"]), (&json!(422), &json!("board_id")));
}
