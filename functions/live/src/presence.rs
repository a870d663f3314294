//! `presence`: who is on a board, and whether they look at it.

use crate::parts::broadcast::{listening, tell};
use jiff::Timestamp;
use millrace_domain::id::BoardId;
use millrace_endpoint::{Frame, Need, ProjectRole, Result, SocketRoute, Table, Write, capability::Sockets};
use millrace_store::{
    Scope,
    live::{PresenceState, Socket, present},
};
use serde::Deserialize;
use serde_json::{Value, json};

/// Says whether the person looks at the board.
#[derive(Clone)]
pub struct Presence;

/// What `presence` says.
#[derive(Debug, Clone, Deserialize)]
pub struct PresenceFrame {
    /// Whether the board is in front.
    pub state: PresenceState,
    /// The board; all that the socket listens to where it is absent.
    pub board_id: Option<BoardId>,
}

impl SocketRoute for Presence {
    const NAME: &'static str = "live-presence";
    const ABOUT: &'static str = "Says whether the person looks at the board: `{action: presence, state: active/idle, board_id?}`; everybody on it gets a `presence` frame.";
    const ROUTE: &'static str = "presence";
    type Uses = (Table<Write>, Sockets);
    type Body = PresenceFrame;

    async fn handle(frame: Frame<Self>) -> Result<Vec<Value>> {
        let table: &Table<Write> = frame.table();
        let connection = frame.connection().await?.value;
        let meant = |board: &&BoardId| frame.body.board_id.as_ref().is_none_or(|named| named == *board);
        for board in connection.boards.iter().filter(meant) {
            let need = Need::Project(ProjectRole::Viewer);
            let (scope, mut sockets) = frame
                .authorize(
                    &connection,
                    board.project(),
                    need,
                    |scope| async move { table.sockets(&scope, board).await },
                )
                .await?;
            if let Some(own) = sockets.iter_mut().find(|socket| socket.connection == frame.connection) {
                own.state = frame.body.state;
                own.seen_at = frame.now;
                table.put_socket(&scope, board, own).await?;
            }
            announce(table, frame.uses(), &scope, board, &sockets, frame.now).await?;
        }
        Ok(Vec::new())
    }
}

/// Tells everybody on a board who is there.
///
/// # Errors
/// As every write: a socket that turns out to be gone is forgotten.
pub async fn announce<S>(
    table: &Table<Write>,
    posts: &Sockets,
    scope: &Scope<S>,
    board: &BoardId,
    sockets: &[Socket],
    now: Timestamp,
) -> Result<()> {
    announce_to(table, posts, scope, board, (sockets, sockets), now).await
}

/// Tells those in the first list who is there by the second.
///
/// # Errors
/// As [`announce`].
pub async fn announce_to<S>(
    table: &Table<Write>,
    posts: &Sockets,
    scope: &Scope<S>,
    board: &BoardId,
    (told, sockets): (&[Socket], &[Socket]),
    now: Timestamp,
) -> Result<()> {
    let frame = json!({"type": "presence", "board_id": board, "people": present(sockets, now)});
    tell(table, posts, scope, board, listening(told, None, now), &frame).await
}
