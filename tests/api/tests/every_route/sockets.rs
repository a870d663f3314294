//! Every action of a socket, tried by each role, by strangers, by people who were removed, and without a ticket.

use crate::callers::Fixture;
use millrace_api_tests::{Person, Socket, Stack};
use millrace_domain::workspace::role::ProjectRole;
use millrace_endpoint::declared::{Declared, Trigger};
use serde_json::{Value, json};

/// What API Gateway calls itself, rather than a client by an action.
const LIFECYCLE: [&str; 3] = ["$connect", "$disconnect", "$default"];

/// The frames by which a board hears of what a socket does.
const TOLD_BY_SOCKETS: [&str; 3] = ["presence", "edit", "cursor"];

/// How the walk tries an action.
struct Attempt {
    /// The frame, without its action.
    fields: Value,
    /// The least role that may do it; none where it touches nothing but the caller's own socket.
    least: Option<ProjectRole>,
    /// Whether it does something only on a board that the socket has subscribed to, and nothing at all elsewhere.
    needs_subscription: bool,
}

/// The attempt at an action, on a board and one of its tasks.
///
/// # Errors
/// The action that the walk does not know: whoever declares one says here what it takes and who may do it.
fn attempt(action: &str, board: &str, task: &str) -> Result<Attempt, String> {
    let viewer = Some(ProjectRole::Viewer);
    let (fields, least, needs_subscription) = match action {
        "subscribe" => (json!({"board_id": board}), viewer, false),
        "unsubscribe" => (json!({"board_id": board}), None, false),
        "presence" => (json!({"state": "idle", "board_id": board}), viewer, true),
        "cursor" => (json!({"x": 0.5, "y": 0.5, "task": task, "board_id": board}), viewer, true),
        "ping" => (json!({"board_id": board}), viewer, true),
        "edit" => (json!({"task": task, "field": "title", "editing": true}), Some(ProjectRole::Developer), false),
        other => return Err(other.to_owned()),
    };
    Ok(Attempt { fields, least, needs_subscription })
}

/// Every declared action that a client sends, with its function.
fn actions() -> Vec<(&'static str, Declared)> {
    let socket = |declared: Declared| match declared.trigger {
        Trigger::Socket(action) if !LIFECYCLE.contains(&action) => Some((action, declared)),
        _ => None,
    };
    let actions: Vec<_> = millrace_infra::functions(millrace_infra::AREAS).into_iter().filter_map(socket).collect();
    assert!(actions.len() >= 6, "only {} actions are declared", actions.len());
    actions
}

fn known(action: &str, board: &str, task: &str) -> Attempt {
    attempt(action, board, task).unwrap_or_else(|action| panic!("the walk does not know the action {action}"))
}

/// The frames that have come to a socket until now.
async fn heard(socket: &mut Socket) -> Vec<Value> {
    // A socket's frames are answered one after the other, and this one always is.
    socket.send(json!({"action": "no-such-action"})).await;
    let mut frames = Vec::new();
    loop {
        let frame = socket.next_of_any().await;
        if frame["type"] == "error" && frame["action"] == "$default" {
            return frames;
        }
        frames.push(frame);
    }
}

/// Sends an action; the frames that come back.
async fn send(socket: &mut Socket, action: &str, fields: &Value) -> Vec<Value> {
    heard(socket).await;
    let mut frame = fields.clone();
    frame["action"] = json!(action);
    socket.send(frame).await;
    heard(socket).await
}

fn error(frames: &[Value]) -> Option<&Value> {
    frames.iter().find(|frame| frame["type"] == "error")
}

/// Asserts that a refused caller was told nothing of the board.
#[track_caller]
fn assert_told_nothing(what: &str, frames: &[Value]) {
    for frame in frames {
        let nothing = match frame["type"].as_str() {
            Some("error" | "unsubscribed") => true,
            Some("pong") => frame["cursor"].is_null(),
            _ => false,
        };
        assert!(nothing && !frame.to_string().contains("Secret"), "{what} is told {frame}");
    }
}

/// Asserts that whoever listens to the board hears nothing of a refused caller.
async fn assert_unheard(what: &str, watcher: &mut Socket, caller: &Person<'_>) {
    for frame in heard(watcher).await {
        assert!(!frame.to_string().contains(&caller.id), "the board hears of {what}: {frame}");
    }
}

#[test]
fn an_action_that_the_walk_does_not_know_fails_it() {
    assert_eq!(attempt("dance", "SEC.b1", "SEC-1").err(), Some("dance".to_owned()));
}

#[tokio::test]
async fn each_role_may_do_what_its_action_needs_and_no_more() {
    let stack = Stack::own().await;
    let fixture = Fixture::make(&stack).await;
    let (owner, board) = (&fixture.owner, &fixture.board.id);
    let mut watcher = owner.socket().await;
    watcher.subscribe(board, None).await;
    let callers = [
        (owner.invite("Mem", "member", &[]).await, ProjectRole::Viewer),
        (owner.invite("Vera", "guest", &[("SEC", "viewer")]).await, ProjectRole::Viewer),
        (owner.invite("Tess", "member", &[("SEC", "tester")]).await, ProjectRole::Tester),
        (owner.invite("Dev", "member", &[("SEC", "developer")]).await, ProjectRole::Developer),
        (owner.invite("Mia", "member", &[("SEC", "manager")]).await, ProjectRole::Manager),
        (owner.invite("Ada", "member", &[("SEC", "admin")]).await, ProjectRole::Admin),
    ];
    // The board hears that they joined the project, and this is no action of theirs.
    stack.idle().await;
    let (mut allowed, mut refused) = (0, 0);
    for (caller, role) in &callers {
        // A lock that one caller holds would refuse the next.
        let task = owner.task("SEC", "Secret").await;
        let mut socket = caller.socket().await;
        for (action, _) in actions() {
            let attempt = known(action, board, &task);
            socket.subscribe(board, None).await;
            heard(&mut watcher).await;
            let what = format!("{action} by {}", caller.name);
            let frames = send(&mut socket, action, &attempt.fields).await;
            if attempt.least.is_none_or(|least| role.covers(least)) {
                assert_eq!(error(&frames), None, "{what}");
                allowed += 1;
            } else {
                let error = error(&frames).unwrap_or_else(|| panic!("{what} is not refused: {frames:?}"));
                assert_eq!(error["status"], 403, "{what}");
                assert_unheard(&what, &mut watcher, caller).await;
                refused += 1;
            }
        }
    }
    assert!(allowed > 0 && refused > 0, "{allowed} allowed and {refused} refused");
}

#[tokio::test]
async fn a_stranger_reaches_a_board_by_no_action() {
    let stack = Stack::own().await;
    let fixture = Fixture::make(&stack).await;
    let (owner, board) = (&fixture.owner, &fixture.board.id);
    let mut watcher = owner.socket().await;
    watcher.subscribe(board, None).await;
    let callers = [stack.person("Eve").await, owner.invite("Gus", "guest", &[]).await];
    stack.idle().await;
    for caller in &callers {
        let mut socket = caller.socket().await;
        for (action, _) in actions() {
            let attempt = known(action, board, "SEC-1");
            heard(&mut watcher).await;
            let what = format!("{action} by {}", caller.name);
            let frames = send(&mut socket, action, &attempt.fields).await;
            if attempt.least.is_some() && !attempt.needs_subscription {
                let error = error(&frames).unwrap_or_else(|| panic!("{what} is not refused: {frames:?}"));
                assert_eq!(error["status"], 404, "{what}");
            }
            assert_told_nothing(&what, &frames);
            assert_unheard(&what, &mut watcher, caller).await;
        }
    }
}

#[tokio::test]
async fn a_removed_member_reaches_the_board_by_no_action() {
    let stack = Stack::own().await;
    let fixture = Fixture::make(&stack).await;
    let (owner, board) = (&fixture.owner, &fixture.board.id);
    let mut watcher = owner.socket().await;
    watcher.subscribe(board, None).await;
    let of_project = owner.invite("Gina", "guest", &[("SEC", "developer")]).await;
    let of_workspace = owner.invite("Lea", "member", &[("SEC", "admin")]).await;
    for (caller, membership) in [
        (&of_project, format!("/api/projects/SEC/members/{}", of_project.id)),
        (&of_workspace, format!("/api/workspaces/{}/members/{}", owner.workspace, of_workspace.id)),
    ] {
        let mut socket = caller.socket().await;
        socket.subscribe(board, None).await;
        owner.delete(&membership).await.ok(204);
        stack.idle().await;
        heard(&mut watcher).await;
        // Roles are looked up with each action; a subscription, and what it alone allows, ends with the next ping.
        let (mut later, first): (Vec<_>, Vec<_>) =
            actions().into_iter().map(|(action, _)| action).partition(|action| {
                let attempt = known(action, board, "SEC-1");
                attempt.needs_subscription || attempt.least.is_none()
            });
        // Whoever unsubscribes has nothing left that could be refused.
        later.sort_by_key(|action| known(action, board, "SEC-1").least.is_none());
        for action in first.into_iter().chain(["ping"]).chain(later) {
            let what = format!("{action} by {}", caller.name);
            let frames = send(&mut socket, action, &known(action, board, "SEC-1").fields).await;
            if action != "unsubscribe" {
                let error = error(&frames).unwrap_or_else(|| panic!("{what} is not refused: {frames:?}"));
                assert!(matches!(error["status"].as_u64(), Some(401 | 403 | 404)), "{what}: {error}");
            }
            assert_told_nothing(&what, &frames);
            assert_unheard(&what, &mut watcher, caller).await;
        }
        owner.task("SEC", "Secret news").await;
        stack.idle().await;
        assert_told_nothing(&caller.name, &heard(&mut socket).await);
    }
}

#[tokio::test]
async fn no_action_is_done_without_a_ticket() {
    let stack = Stack::own().await;
    let fixture = Fixture::make(&stack).await;
    let (owner, board) = (&fixture.owner, &fixture.board.id);
    let mut watcher = owner.socket().await;
    watcher.subscribe(board, None).await;
    heard(&mut watcher).await;
    for ticket in ["", "made-up", &owner.token] {
        assert_eq!(Socket::open(&stack, ticket).await.err(), Some(401), "a socket opens with {ticket:?}");
    }
    for (action, declared) in actions() {
        let mut frame = known(action, board, "SEC-1").fields;
        frame["action"] = json!(action);
        let event = json!({"requestContext": {"connectionId": "never-opened"}, "body": frame.to_string()});
        let invoke = declared.invoke.expect("a socket route is called");
        let answer = invoke(stack.server.platform().clone(), event).await.expect("is answered");
        assert_eq!(answer, json!({"statusCode": 200}), "{action}");
        let told =
            heard(&mut watcher).await.into_iter().find(|frame| TOLD_BY_SOCKETS.iter().any(|one| frame["type"] == *one));
        assert_eq!(told, None, "the board hears of {action} without a ticket");
    }
    owner.patch("/api/tasks/SEC-1", json!({"title": "Nobody edits this"})).await.ok(200);
}
