//! `ping`: the client is there, and asks where the feed stands.

use crate::presence::announce;
use millrace_domain::id::BoardId;
use millrace_endpoint::{Error, Frame, Need, ProjectRole, Result, SocketRoute, Table, Write, capability::Sockets};
use millrace_store::{
    Stored,
    live::{Connection, SILENCE},
};
use serde::Deserialize;
use serde_json::{Value, json};

/// Keeps the socket, says where the feed stands, and notices who has gone without a word.
#[derive(Clone)]
pub struct Ping;

/// What `ping` says.
#[derive(Debug, Clone, Deserialize)]
pub struct PingFrame {
    /// The board; all that the socket listens to where it is absent.
    pub board_id: Option<BoardId>,
}

impl SocketRoute for Ping {
    const NAME: &'static str = "live-ping";
    const ABOUT: &'static str = "Keeps the socket: `{action: ping, board_id?}` is answered with a `pong` frame and the feed's cursor, one for each board that is listened to. Whoever was silent for 25 seconds is taken off the board.";
    const ROUTE: &'static str = "ping";
    type Uses = (Table<Write>, Sockets);
    type Body = PingFrame;

    async fn handle(frame: Frame<Self>) -> Result<Vec<Value>> {
        let connection = frame.connection().await?;
        let meant = |board: &&BoardId| frame.body.board_id.as_ref().is_none_or(|named| named == *board);
        let mut replies = Vec::new();
        for board in connection.value.boards.iter().filter(meant) {
            replies.push(pong(&frame, &connection, board).await?);
        }
        if replies.is_empty() {
            replies.push(json!({"type": "pong", "cursor": null}));
        }
        Ok(replies)
    }
}

async fn pong(frame: &Frame<Ping>, connection: &Stored<Connection>, board: &BoardId) -> Result<Value> {
    let table: &Table<Write> = frame.table();
    let read = |scope| async move { futures::try_join!(table.sockets(&scope, board), table.feed(&scope, board)) };
    let need = Need::Project(ProjectRole::Viewer);
    let (scope, (mut sockets, feed)) = match frame.authorize(&connection.value, board.project(), need, read).await {
        Ok(read) => read,
        Err(refused @ (Error::Forbidden(_) | Error::NotFound(_))) => {
            // Whoever may not see the board any more does not hear of it any more.
            table.remove_socket(&connection.scope(), board, &frame.connection).await?;
            return Err(refused);
        }
        Err(other) => return Err(other),
    };
    let Some(own) = sockets.iter_mut().find(|socket| socket.connection == frame.connection) else {
        return Err(Error::NotFound("This socket does not listen to the board any more; subscribe again.".to_owned()));
    };
    let was_silent = frame.now.duration_since(own.seen_at) >= SILENCE;
    own.seen_at = frame.now;
    table.put_socket(&scope, board, own).await?;
    let (heard, silent): (Vec<_>, Vec<_>) =
        sockets.into_iter().partition(|socket| frame.now.duration_since(socket.seen_at) < SILENCE);
    for socket in &silent {
        table.remove_socket(&scope, board, &socket.connection).await?;
    }
    if !silent.is_empty() || was_silent {
        announce(table, frame.uses(), &scope, board, &heard, frame.now).await?;
    }
    Ok(json!({"type": "pong", "board_id": board, "cursor": feed.unwrap_or_default().cursor}))
}
