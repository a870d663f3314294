//! `presence`: whether a person is looking at a board.

use crate::parts::broadcast::{listening, tell};
use jiff::Timestamp;
use millrace_domain::{
    id::BoardId,
    live::{Frame, NoReply, frame, presence::PresenceState},
};
use millrace_endpoint::{Incoming, Need, ProjectRole, Result, SocketRoute, Table, Write, capability::Sockets};
use millrace_store::{
    Scope,
    live::{Socket, present},
};
use schemars::JsonSchema;
use serde::Deserialize;

/// Sets whether the person is looking at the board.
#[derive(Clone)]
pub struct Presence;

/// Announces whether the person is looking at the board.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct PresenceAction {
    /// Whether the board is in the foreground.
    pub state: PresenceState,
    /// The board. Defaults to all boards the socket is subscribed to.
    pub board_id: Option<BoardId>,
}

impl SocketRoute for Presence {
    const NAME: &'static str = "live-presence";
    const ABOUT: &'static str = "Says whether the person looks at the board: `{action: presence, state: active/idle, board_id?}`; everybody on it gets a `presence` frame.";
    const ROUTE: &'static str = "presence";
    type Uses = (Table<Write>, Sockets);
    type Body = PresenceAction;
    type Output = NoReply;

    async fn handle(incoming: Incoming<Self>) -> Result<Vec<Self::Output>> {
        let table: &Table<Write> = incoming.table();
        let connection = incoming.connection().await?.value;
        let meant = |board: &&BoardId| incoming.body.board_id.as_ref().is_none_or(|named| named == *board);
        for board in connection.boards.iter().filter(meant) {
            let need = Need::Project(ProjectRole::Viewer);
            let (scope, mut sockets) = incoming
                .authorize(
                    &connection,
                    board.project(),
                    need,
                    |scope| async move { table.sockets(&scope, board).await },
                )
                .await?;
            if let Some(own) = sockets.iter_mut().find(|socket| socket.connection == incoming.connection) {
                own.state = incoming.body.state;
                own.seen_at = incoming.now;
                table.put_socket(&scope, board, own).await?;
            }
            announce(table, incoming.uses(), &scope, board, &sockets, incoming.now).await?;
        }
        Ok(Vec::new())
    }
}

/// Sends the list of people to everybody on a board.
///
/// # Errors
/// As every write: a socket that is gone is removed.
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

/// Sends the people of the second list to the sockets of the first.
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
    let frame = Frame::from(frame::Presence { board_id: board.clone(), people: present(sockets, now) });
    tell(table, posts, scope, board, listening(told, None, now), &frame).await
}
