//! `cursor`: where the others point.

use millrace_api_tests::{Board, Person, Socket, Stack};
use serde_json::{Value, json};

async fn on_board(person: &Person<'_>, board: &Board) -> Socket {
    let mut socket = person.socket().await;
    socket.subscribe(&board.id, None).await;
    socket
}

async fn point(socket: &mut Socket, x: f64) {
    socket.send(json!({"action": "cursor", "x": x, "y": 0.5, "task": "WEB-1"})).await;
}

/// The frames of the type `cursor` that come before the answer to a ping.
async fn pointers(socket: &mut Socket) -> Vec<Value> {
    socket.send(json!({"action": "ping"})).await;
    let mut seen = Vec::new();
    loop {
        let frame = socket.next_of_any().await;
        match frame["type"].as_str() {
            Some("cursor") => seen.push(frame),
            Some("pong") => return seen,
            _ => {}
        }
    }
}

/// Waits until what a socket has sent was done: its frames are taken one after the other.
async fn done(socket: &mut Socket) {
    socket.send(json!({"action": "ping"})).await;
    socket.next("pong").await;
}

async fn two_sockets(stack: &Stack) -> (Person<'_>, Board, Socket, Socket) {
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let sam = alex.invite("Sam", "member", &[("WEB", "viewer")]).await;
    let (first, second) = (on_board(&alex, &board).await, on_board(&sam, &board).await);
    (alex, board, first, second)
}

#[tokio::test]
async fn pointers_are_shared_with_the_board() {
    let stack = Stack::own().await;
    let (alex, board, mut first, mut second) = two_sockets(&stack).await;
    point(&mut first, 0.25).await;
    let person = json!({"id": alex.id, "name": "Alex"});
    assert_eq!(
        second.next("cursor").await,
        json!({"type": "cursor", "board_id": board.id, "person": person, "x": 0.25, "y": 0.5, "task": "WEB-1"}),
    );
    assert!(pointers(&mut first).await.is_empty(), "nobody is told of themselves");
    second.send(json!({"action": "cursor", "x": 0, "y": 1})).await;
    let seen = first.next("cursor").await;
    assert_eq!((&seen["person"]["name"], &seen["task"]), (&json!("Sam"), &Value::Null));
}

#[tokio::test]
async fn pointer_frames_beyond_five_per_second_are_dropped() {
    let stack = Stack::own().await;
    let (alex, board, mut first, mut second) = two_sockets(&stack).await;
    for step in 0..8 {
        point(&mut first, f64::from(step) / 10.0).await;
    }
    done(&mut first).await;
    let places: Vec<Value> = pointers(&mut second).await.iter().map(|frame| frame["x"].clone()).collect();
    assert_eq!(json!(places), json!([0.0, 0.1, 0.2, 0.3, 0.4]));
    let mut tab = on_board(&alex, &board).await;
    point(&mut tab, 0.9).await;
    done(&mut tab).await;
    assert!(pointers(&mut second).await.is_empty(), "two tabs are one person");
    stack.advance("PT1S").await;
    point(&mut first, 1.0).await;
    assert_eq!(second.next("cursor").await["x"], 1.0);
}

#[tokio::test]
async fn pointers_are_off_on_crowded_boards() {
    let stack = Stack::own().await;
    let (alex, board, mut first, mut second) = two_sockets(&stack).await;
    let mut crowd = Vec::new();
    for number in 0..18 {
        let person = alex.invite(&format!("Guest{number}"), "member", &[]).await;
        crowd.push(on_board(&person, &board).await);
    }
    point(&mut first, 0.1).await;
    assert_eq!(second.next("cursor").await["x"], 0.1, "twenty are few enough");
    let last = alex.invite("Last", "member", &[]).await;
    crowd.push(on_board(&last, &board).await);
    stack.advance("PT1S").await;
    point(&mut first, 0.2).await;
    done(&mut first).await;
    assert!(pointers(&mut second).await.is_empty());
}

#[tokio::test]
async fn pointers_can_be_disabled_by_a_flag() {
    let stack = Stack::own().await;
    let (alex, _, mut first, mut second) = two_sockets(&stack).await;
    alex.put("/api/flags", json!({"flags": {"live_cursors": false}})).await.ok(200);
    point(&mut first, 0.1).await;
    done(&mut first).await;
    assert!(pointers(&mut second).await.is_empty());
    alex.put("/api/flags", json!({"flags": {"live_cursors": true}})).await.ok(200);
    point(&mut first, 0.2).await;
    assert_eq!(second.next("cursor").await["x"], 0.2);
}

#[tokio::test]
async fn pointers_require_a_subscription_and_valid_positions() {
    let stack = Stack::own().await;
    let (_, board, mut first, mut silent) = two_sockets(&stack).await;
    for (wrong, field) in [
        (json!({"x": 1.5, "y": 0}), "x"),
        (json!({"x": 0, "y": -1}), "y"),
        (json!({"x": 0, "y": "top"}), "y"),
        (json!({"x": 0, "y": 0, "task": "APP-1"}), "task"),
    ] {
        let mut frame = wrong.clone();
        frame["action"] = json!("cursor");
        first.send(frame).await;
        let error = first.next("error").await;
        assert_eq!((&error["status"], &error["errors"][0]["field"]), (&json!(422), &json!(field)), "{wrong}");
    }
    stack.advance("PT30S").await;
    silent.send(json!({"action": "cursor", "x": 0, "y": 0, "board_id": board.id})).await;
    assert_eq!(silent.next("error").await["status"], 404, "whoever was silent for long is not there any more");
}
