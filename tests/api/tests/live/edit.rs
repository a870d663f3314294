//! `edit`: who writes at what, and that nobody writes over it.

use millrace_api_tests::{Board, Person, Socket, Stack};
use serde_json::{Value, json};

const TITLE: &str = "title";

/// Alex and Sam, developers of a project with one task, and its board.
async fn two_people(stack: &Stack) -> (Person<'_>, Person<'_>, Board) {
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    alex.task("WEB", "A task").await;
    let sam = alex.invite("Sam", "member", &[("WEB", "developer")]).await;
    (alex, sam, board)
}

async fn on_board(person: &Person<'_>, board: &Board) -> Socket {
    let mut socket = person.socket().await;
    socket.subscribe(&board.id, None).await;
    socket
}

async fn edit(socket: &mut Socket, field: &str, editing: bool) {
    socket.send(json!({"action": "edit", "task": "WEB-1", "field": field, "editing": editing})).await;
}

/// Takes a lock; what the socket is answered with.
async fn take(socket: &mut Socket, field: &str) -> Value {
    edit(socket, field, true).await;
    socket.next("edit").await
}

async fn rename(person: &Person<'_>, title: &str) -> u16 {
    person.patch("/api/tasks/WEB-1", json!({"title": title})).await.status
}

#[tokio::test]
async fn edit_locks_are_shared_and_block_other_writers() {
    let stack = Stack::own().await;
    let (alex, sam, board) = two_people(&stack).await;
    let (mut first, mut second) = (on_board(&alex, &board).await, on_board(&sam, &board).await);
    let own = take(&mut first, TITLE).await;
    let seen = second.next("edit").await;
    assert_eq!(own, seen);
    assert_eq!(
        (&seen["board_id"], &seen["task"], &seen["field"], &seen["editing"]),
        (&json!(board.id), &json!("WEB-1"), &json!("title"), &json!(true)),
    );
    assert_eq!(seen["person"], json!({"id": alex.id, "name": "Alex"}));
    assert_eq!(rename(&sam, "Sam's").await, 423);

    edit(&mut second, TITLE, true).await;
    let refused = second.next("error").await;
    assert_eq!((&refused["status"], &refused["action"]), (&json!(423), &json!("edit")));
    assert_eq!(refused["detail"], "Alex is editing the title. Try again when they are done.");
    let current = &refused["current"];
    assert_eq!(
        (&current["task"], &current["person"]["name"], &current["until"]),
        (&json!("WEB-1"), &json!("Alex"), &own["until"])
    );

    assert_eq!(rename(&alex, "Hers").await, 200);
    edit(&mut first, TITLE, false).await;
    let over = second.next("edit").await;
    assert_eq!(
        (&over["editing"], &over["until"], &over["person"]["name"]),
        (&json!(false), &Value::Null, &json!("Alex"))
    );
    assert_eq!(rename(&sam, "Sam's").await, 200);
}

#[tokio::test]
async fn an_edit_lock_expires_after_thirty_seconds_unless_renewed() {
    let stack = Stack::own().await;
    let (alex, sam, board) = two_people(&stack).await;
    let mut socket = on_board(&alex, &board).await;
    let first = take(&mut socket, TITLE).await;
    stack.advance("PT20S").await;
    let renewed = take(&mut socket, TITLE).await;
    assert!(renewed["until"].as_str() > first["until"].as_str());
    stack.advance("PT20S").await;
    assert_eq!(rename(&sam, "Too early").await, 423);
    stack.advance("PT11S").await;
    assert_eq!(rename(&sam, "Free").await, 200);
}

#[tokio::test]
async fn a_new_subscriber_receives_the_current_edit_locks() {
    let stack = Stack::own().await;
    let (alex, sam, board) = two_people(&stack).await;
    let mut socket = on_board(&alex, &board).await;
    let lock = take(&mut socket, TITLE).await;
    alex.post("/api/tasks/WEB-1/lock", json!({"field": "description"})).await.ok(200);
    let mut later = sam.socket().await;
    let subscribed = later.subscribe(&board.id, None).await;
    let editing = subscribed["editing"].as_array().expect("who edits");
    assert_eq!(editing.len(), 2);
    let person = json!({"id": alex.id, "name": "Alex"});
    assert_eq!(editing[0], json!({"task": "WEB-1", "field": "title", "person": person, "until": lock["until"]}));
    assert_eq!(editing[1]["field"], "description");
    stack.advance("PT31S").await;
    let mut last = sam.socket().await;
    assert_eq!(last.subscribe(&board.id, None).await["editing"], json!([]));
}

#[tokio::test]
async fn an_edit_lock_ends_with_its_socket() {
    let stack = Stack::own().await;
    let (alex, sam, board) = two_people(&stack).await;
    let (mut first, mut second) = (on_board(&alex, &board).await, on_board(&sam, &board).await);
    take(&mut first, TITLE).await;
    assert_eq!(second.next("edit").await["editing"], true);
    first.close().await;
    let over = second.next("edit").await;
    assert_eq!((&over["editing"], &over["task"], &over["field"]), (&json!(false), &json!("WEB-1"), &json!("title")));
    assert_eq!(rename(&sam, "Free").await, 200);
}

#[tokio::test]
async fn an_edit_lock_ends_when_its_socket_unsubscribes() {
    let stack = Stack::own().await;
    let (alex, sam, board) = two_people(&stack).await;
    let mut socket = on_board(&alex, &board).await;
    take(&mut socket, TITLE).await;
    socket.send(json!({"action": "unsubscribe", "board_id": board.id})).await;
    socket.next("unsubscribed").await;
    assert_eq!(rename(&sam, "Free").await, 200);
}

#[tokio::test]
async fn closing_one_tab_keeps_the_other_tabs_lock() {
    let stack = Stack::own().await;
    let (alex, sam, board) = two_people(&stack).await;
    let (mut first, mut second) = (on_board(&alex, &board).await, on_board(&alex, &board).await);
    let mut other = on_board(&sam, &board).await;
    for tab in [&mut first, &mut second] {
        edit(tab, TITLE, true).await;
        assert_eq!(other.next("edit").await["editing"], true);
    }
    second.send(json!({"action": "ping"})).await;
    second.next("pong").await;
    first.close().await;
    // Those who stay are told who is there after what hung on the socket was let go of.
    second.next("presence").await;
    assert_eq!(rename(&sam, "Not yet").await, 423);
    edit(&mut second, TITLE, false).await;
    assert_eq!(other.next("edit").await["editing"], false);
    assert_eq!(rename(&sam, "Free").await, 200);
}

#[tokio::test]
async fn viewers_cannot_take_edit_locks() {
    let stack = Stack::own().await;
    let (alex, _, board) = two_people(&stack).await;
    let viewer = alex.invite("Vera", "guest", &[("WEB", "viewer")]).await;
    let mut socket = on_board(&viewer, &board).await;
    edit(&mut socket, TITLE, true).await;
    assert_eq!(socket.next("error").await["status"], 403);
}

#[tokio::test]
async fn an_invalid_edit_frame_is_refused_with_a_reason() {
    let stack = Stack::own().await;
    let (alex, _, board) = two_people(&stack).await;
    let mut elsewhere = alex.socket().await;
    edit(&mut elsewhere, TITLE, true).await;
    assert_eq!(elsewhere.next("error").await["status"], 409, "nobody would be told");
    let mut socket = on_board(&alex, &board).await;
    edit(&mut socket, "estimate", true).await;
    let wrong = socket.next("error").await;
    assert_eq!((&wrong["status"], &wrong["errors"][0]["field"]), (&json!(422), &json!("field")));
    alex.delete("/api/tasks/WEB-1").await.ok(204);
    edit(&mut socket, TITLE, true).await;
    assert_eq!(socket.next("error").await["status"], 409, "it is archived");
    let eve = stack.person("Eve").await;
    let mut stranger = eve.socket().await;
    edit(&mut stranger, TITLE, true).await;
    assert_eq!(stranger.next("error").await["status"], 404);
}
