//! `presence`, `ping` and live-disconnect: who is on a board, and who has left it, with or without closing the socket.

use millrace_api_tests::{Socket, Stack};
use serde_json::{Value, json};

fn names(frame: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let people = frame["people"].as_array().expect("people");
    people.iter().map(|person| (text(&person["name"]), text(&person["state"]))).collect()
}

async fn people_until(socket: &mut Socket, wanted: &[(&str, &str)]) {
    loop {
        let seen = names(&socket.next("presence").await);
        if seen.iter().map(|(name, state)| (name.as_str(), state.as_str())).eq(wanted.iter().copied()) {
            return;
        }
    }
}

#[tokio::test]
async fn presence_lists_the_people_on_the_board() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await.id;
    let sam = alex.invite("Sam", "member", &[("WEB", "viewer")]).await;
    let mut first = alex.socket().await;
    assert_eq!(names(&first.subscribe(&board, None).await), [("Alex".to_owned(), "active".to_owned())]);
    let mut second = sam.socket().await;
    let there = names(&second.subscribe(&board, None).await);
    assert_eq!(there.len(), 2);
    people_until(&mut first, &[("Alex", "active"), ("Sam", "active")]).await;
    second.send(json!({"action": "presence", "state": "idle"})).await;
    people_until(&mut first, &[("Alex", "active"), ("Sam", "idle")]).await;
    second.close().await;
    people_until(&mut first, &[("Alex", "active")]).await;
}

#[tokio::test]
async fn a_silent_socket_leaves_presence_within_seconds() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await.id;
    let sam = alex.invite("Sam", "member", &[("WEB", "viewer")]).await;
    let mut laptop = sam.socket().await;
    laptop.subscribe(&board, None).await;
    let mut other = alex.socket().await;
    other.subscribe(&board, None).await;
    stack.advance("PT20S").await;
    other.send(json!({"action": "ping"})).await;
    other.next("pong").await;
    stack.advance("PT10S").await;
    other.send(json!({"action": "ping"})).await;
    people_until(&mut other, &[("Alex", "active")]).await;
    laptop.send(json!({"action": "ping"})).await;
    assert_eq!(laptop.next("error").await["status"], 404, "whoever was taken off the board subscribes again");
}

#[tokio::test]
async fn frames_stop_when_access_is_lost() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await.id;
    let guest = alex.invite("Gina", "guest", &[("WEB", "viewer")]).await;
    let mut socket = guest.socket().await;
    socket.subscribe(&board, None).await;
    alex.delete(&format!("/api/projects/WEB/members/{}", guest.id)).await.ok(204);
    socket.send(json!({"action": "ping"})).await;
    assert_eq!(socket.next("error").await["status"], 404);
}
