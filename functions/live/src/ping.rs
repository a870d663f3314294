//! `ping`: keeps the connection alive and asks for the feed's position.

use crate::presence::announce;
use millrace_domain::{id::BoardId, live::frame::Pong, reply};
use millrace_endpoint::{Error, Incoming, Need, ProjectRole, Result, SocketRoute, Table, Write, capability::Sockets};
use millrace_store::{
    Stored,
    live::{Connection, SILENCE},
};
use schemars::JsonSchema;
use serde::Deserialize;

/// Keeps the socket alive, returns the feed's position, and drops silent sockets.
#[derive(Clone)]
pub struct Ping;

/// Keeps the socket alive and requests the cursors of its boards.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct PingAction {
    /// The board. Defaults to all boards the socket is subscribed to.
    pub board_id: Option<BoardId>,
}

reply! {
    /// The position of a board's feed.
    PingReply { Pong }
}

impl SocketRoute for Ping {
    const NAME: &'static str = "live-ping";
    const ABOUT: &'static str = "Keeps the socket: `{action: ping, board_id?}` is answered with a `pong` frame and the feed's cursor, one for each board that is listened to. Whoever was silent for 25 seconds is taken off the board.";
    const ROUTE: &'static str = "ping";
    type Uses = (Table<Write>, Sockets);
    type Body = PingAction;
    type Output = PingReply;

    async fn handle(incoming: Incoming<Self>) -> Result<Vec<Self::Output>> {
        let connection = incoming.connection().await?;
        let meant = |board: &&BoardId| incoming.body.board_id.as_ref().is_none_or(|named| named == *board);
        let mut replies = Vec::new();
        for board in connection.value.boards.iter().filter(meant) {
            replies.push(pong(&incoming, &connection, board).await?);
        }
        if replies.is_empty() {
            replies.push(PingReply::Pong(Pong { board_id: None, cursor: None }));
        }
        Ok(replies)
    }
}

async fn pong(incoming: &Incoming<Ping>, connection: &Stored<Connection>, board: &BoardId) -> Result<PingReply> {
    let table: &Table<Write> = incoming.table();
    let read = |scope| async move { futures::try_join!(table.sockets(&scope, board), table.feed(&scope, board)) };
    let need = Need::Project(ProjectRole::Viewer);
    let (scope, (mut sockets, feed)) = match incoming.authorize(&connection.value, board.project(), need, read).await {
        Ok(read) => read,
        Err(refused @ (Error::Forbidden(_) | Error::NotFound(_))) => {
            // Whoever may not see the board any more does not hear of it any more.
            table.remove_socket(&connection.scope(), board, &incoming.connection).await?;
            return Err(refused);
        }
        Err(other) => return Err(other),
    };
    let Some(own) = sockets.iter_mut().find(|socket| socket.connection == incoming.connection) else {
        return Err(Error::NotFound("This socket does not listen to the board any more; subscribe again.".to_owned()));
    };
    let was_silent = incoming.now.duration_since(own.seen_at) >= SILENCE;
    own.seen_at = incoming.now;
    table.put_socket(&scope, board, own).await?;
    let (heard, silent): (Vec<_>, Vec<_>) =
        sockets.into_iter().partition(|socket| incoming.now.duration_since(socket.seen_at) < SILENCE);
    for socket in &silent {
        table.remove_socket(&scope, board, &socket.connection).await?;
    }
    if !silent.is_empty() || was_silent {
        announce(table, incoming.uses(), &scope, board, &heard, incoming.now).await?;
    }
    let cursor = Some(feed.unwrap_or_default().cursor);
    Ok(PingReply::Pong(Pong { board_id: Some(board.clone()), cursor }))
}
