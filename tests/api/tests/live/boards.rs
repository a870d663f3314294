//! `subscribe`, `unsubscribe`, and what events-relay sends in between: events in commit order, with a way to see that one
//! was missed.

use millrace_api_tests::{Person, Socket, Stack};
use serde_json::{Value, json};

/// What an honest client does with the frames of a board until it knows of `task` being moved to `column`.
async fn until_moved(socket: &mut Socket, cursor: &mut String, task: &str, column: &str) -> Value {
    loop {
        let frame = socket.next("events").await;
        assert_eq!(frame["prev"], *cursor, "nothing was missed");
        frame["cursor"].as_str().expect("a cursor").clone_into(cursor);
        for event in frame["events"].as_array().expect("events") {
            if event["type"] == "task.moved" && event["task"] == task && event["data"]["card"]["column_id"] == column {
                return event.clone();
            }
        }
    }
}

async fn two_people(stack: &Stack) -> (Person<'_>, Person<'_>) {
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let sam = alex.invite("Sam", "member", &[("WEB", "developer")]).await;
    stack.idle().await;
    (alex, sam)
}

#[tokio::test]
async fn a_move_reaches_the_other_person() {
    let stack = Stack::own().await;
    let (alex, sam) = two_people(&stack).await;
    let task = alex.task("WEB", "Write it down").await;
    stack.idle().await;
    let boards = alex.get("/api/projects/WEB/boards").await.ok(200);
    let board = sam.board(boards["items"][0]["id"].as_str().expect("an id")).await;
    let mut socket = sam.socket().await;
    let subscribed = socket.subscribe(&board.id, Some(&board.cursor)).await;
    assert_eq!(subscribed["cursor"], board.cursor);
    let mut cursor = board.cursor.clone();
    alex.move_task(&board, &task, 0, 1).await.ok(200);
    let event = until_moved(&mut socket, &mut cursor, &task, &board.columns[1]).await;
    assert_eq!(event["actor"]["name"], "Alex");
    assert_eq!(event["data"]["card"]["status"], "todo");
    sam.move_task(&board, &task, 1, 2).await.ok(200);
    until_moved(&mut socket, &mut cursor, &task, &board.columns[2]).await;
    socket.send(json!({"action": "ping"})).await;
    assert_eq!(socket.next("pong").await["cursor"], cursor);
}

#[tokio::test]
async fn a_reconnected_client_catches_up() {
    let stack = Stack::own().await;
    let (alex, sam) = two_people(&stack).await;
    let task = alex.task("WEB", "Write it down").await;
    stack.idle().await;
    let boards = alex.get("/api/projects/WEB/boards").await.ok(200);
    let board = sam.board(boards["items"][0]["id"].as_str().expect("an id")).await;
    for column in 0..4 {
        alex.move_task(&board, &task, column, column + 1).await.ok(200);
    }
    stack.idle().await;
    let missed = sam.get(&format!("/api/boards/{}/events?after={}", board.id, board.cursor)).await.ok(200);
    let columns: Vec<&Value> =
        missed["items"].as_array().expect("events").iter().map(|event| &event["data"]["card"]["column_id"]).collect();
    assert_eq!(columns, board.columns[1..].iter().collect::<Vec<_>>());
    let mut socket = sam.socket().await;
    let subscribed = socket.subscribe(&board.id, Some(&board.cursor)).await;
    let frame = socket.next("events").await;
    assert_eq!((&frame["prev"], &frame["cursor"]), (&json!(board.cursor), &subscribed["cursor"]));
    assert_eq!(frame["events"], missed["items"]);
}

#[tokio::test]
async fn concurrent_moves_arrive_in_one_order_everywhere() {
    let stack = Stack::own().await;
    let (alex, sam) = two_people(&stack).await;
    let mut tasks = Vec::new();
    for number in 0..8 {
        tasks.push(alex.task("WEB", &format!("Task {number}")).await);
    }
    stack.idle().await;
    let boards = alex.get("/api/projects/WEB/boards").await.ok(200);
    let board = sam.board(boards["items"][0]["id"].as_str().expect("an id")).await;
    let mut sockets = Vec::new();
    for person in [&alex, &sam, &sam] {
        let mut socket = person.socket().await;
        socket.subscribe(&board.id, None).await;
        sockets.push(socket);
    }
    let moves = tasks.iter().map(|task| alex.move_task(&board, task, 0, 3));
    for moved in futures::future::join_all(moves).await {
        moved.ok(200);
    }
    let mut orders = Vec::new();
    for socket in &mut sockets {
        let (mut cursor, mut seen) = (board.cursor.clone(), Vec::new());
        while seen.len() < tasks.len() {
            let frame = socket.next("events").await;
            assert_eq!(frame["prev"], cursor);
            frame["cursor"].as_str().expect("a cursor").clone_into(&mut cursor);
            seen.extend(frame["events"].as_array().expect("events").iter().map(|event| event["id"].clone()));
        }
        orders.push(seen);
    }
    assert_eq!(orders[0], orders[1]);
    assert_eq!(orders[0], orders[2]);
}

#[tokio::test]
async fn boards_of_other_workspaces_are_404_on_the_socket() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let eve = stack.person("Eve").await;
    let mut socket = eve.socket().await;
    socket.send(json!({"action": "subscribe", "board_id": board.id})).await;
    assert_eq!(socket.next("error").await["status"], 404);
}

#[tokio::test]
async fn a_stalled_socket_blocks_nobody_and_is_dropped() {
    let stack = Stack::own().await;
    let (alex, sam) = two_people(&stack).await;
    let boards = alex.get("/api/projects/WEB/boards").await.ok(200);
    let board = alex.board(boards["items"][0]["id"].as_str().expect("an id")).await;
    let task = alex.task("WEB", "Back and forth").await;
    let mut stuck = sam.socket().await;
    stuck.subscribe(&board.id, None).await;
    let mut socket = alex.socket().await;
    socket.subscribe(&board.id, None).await;
    stack.idle().await;
    for step in 0..60 {
        alex.move_task(&board, &task, step % 2, (step + 1) % 2).await.ok(200);
    }
    let mut moved = 0;
    while moved < 60 {
        let frame = socket.next("events").await;
        moved +=
            frame["events"].as_array().expect("events").iter().filter(|event| event["type"] == "task.moved").count();
    }
    drop(stuck);
    stack.idle().await;
}

#[tokio::test]
async fn unsubscribing_ends_the_frames() {
    let stack = Stack::own().await;
    let (alex, sam) = two_people(&stack).await;
    let boards = alex.get("/api/projects/WEB/boards").await.ok(200);
    let board = boards["items"][0]["id"].as_str().expect("an id").to_owned();
    let mut socket = sam.socket().await;
    socket.subscribe(&board, None).await;
    socket.send(json!({"action": "unsubscribe", "board_id": board})).await;
    assert_eq!(socket.next("unsubscribed").await["board_id"], board);
    alex.task("WEB", "Nobody hears this").await;
    stack.idle().await;
    socket.send(json!({"action": "ping"})).await;
    let pong = socket.next_of_any().await;
    assert_eq!((&pong["type"], &pong["cursor"]), (&json!("pong"), &Value::Null));
}
