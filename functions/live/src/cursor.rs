//! `cursor`: shares a person's pointer.

use crate::parts::broadcast::listening;
use millrace_domain::{
    board::pointer::{Fraction, MOST_PEOPLE},
    id::{BoardId, TaskKey},
    live::{Frame, NoReply, frame},
    task::lock::Holder,
    workspace::flag::{LIVE_CURSORS, is_on},
};
use millrace_endpoint::{Error, Incoming, Read, Result, SocketRoute, Table, capability::Sockets};
use millrace_platform::pace::Paces;
use millrace_store::{
    Stored,
    live::{Connection, present},
};
use schemars::JsonSchema;
use serde::Deserialize;

/// Shares the person's pointer with the others on a board.
#[derive(Clone)]
pub struct Cursor;

/// Shares the person's pointer.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct CursorAction {
    /// The horizontal position in the board's content, as a fraction of its width: 0 to 1.
    pub x: Fraction,
    /// The vertical position in the board's content, as a fraction of its height: 0 to 1.
    pub y: Fraction,
    /// The card under the pointer or in focus.
    pub task: Option<TaskKey>,
    /// The board. Defaults to all boards the socket is subscribed to.
    pub board_id: Option<BoardId>,
}

impl SocketRoute for Cursor {
    const NAME: &'static str = "live-cursor";
    const ABOUT: &'static str = "Shows the others where the person points: `{action: cursor, x, y, task?, board_id?}`, `x` and `y` from 0 to 1 along the board's content; they get a `cursor` frame. More than 5 a second of a socket, and of a person, are dropped. Each running copy of the function counts by itself: AWS hands a person's frames to whichever copy is free, and to several where they come faster than one answers them, so that all copies together may let more than 5 through. Nothing is written for a pointer, and so no limit holds across copies. Dropped are also all of them on a board with more than 20 people, and where the workspace has switched `live_cursors` off.";
    const ROUTE: &'static str = "cursor";
    type Uses = (Table<Read>, Sockets, Paces);
    type Body = CursorAction;
    type Output = NoReply;

    async fn handle(incoming: Incoming<Self>) -> Result<Vec<Self::Output>> {
        let paces: &Paces = incoming.uses();
        // Before anything is read: what comes in a flood costs nothing.
        if !paces.allows(&incoming.connection, incoming.now) {
            return Ok(Vec::new());
        }
        let stored = incoming.connection().await?;
        let connection = &stored.value;
        // Two tabs are one person.
        if !paces.allows(&format!("{} {}", connection.workspace, connection.user), incoming.now) {
            return Ok(Vec::new());
        }
        let meant = |board: &&BoardId| incoming.body.board_id.as_ref().is_none_or(|named| named == *board);
        for board in connection.boards.iter().filter(meant) {
            show(&incoming, &stored, board).await?;
        }
        Ok(Vec::new())
    }
}

/// Sends a pointer to the others on a board.
///
/// Roles are not read: the board's sockets are those with a granted subscription, and each ping, which must not be
/// missing for long, checks the roles again.
async fn show(incoming: &Incoming<Cursor>, connection: &Stored<Connection>, board: &BoardId) -> Result<()> {
    let (table, body, now): (&Table<Read>, _, _) = (incoming.table(), &incoming.body, incoming.now);
    if body.task.as_ref().is_some_and(|task| task.project() != board.project()) {
        return Err(Error::field("task", "is not a task of this board's project"));
    }
    let scope = connection.scope();
    let (sockets, flags) = futures::try_join!(table.sockets(&scope, board), table.flags(&scope))?;
    let Some(own) = listening(&sockets, None, now).find(|socket| socket.connection == incoming.connection) else {
        return Err(Error::NotFound("This socket does not listen to the board any more; subscribe again.".to_owned()));
    };
    let switched_on = flags.is_none_or(|flags| is_on(&flags.value.flags, LIVE_CURSORS));
    if !switched_on || present(&sockets, now).len() > MOST_PEOPLE {
        return Ok(());
    }
    let person = Holder { id: own.user.clone(), name: own.name.clone() };
    let (board_id, task) = (board.clone(), body.task.clone());
    let news = Frame::from(frame::Cursor { board_id, person, x: body.x, y: body.y, task });
    let others = listening(&sockets, Some(&incoming.connection), now).map(|socket| socket.connection.clone()).collect();
    let posts: &Sockets = incoming.uses();
    // A socket that is gone is forgotten by whoever tells of something that is kept: pointing writes nothing.
    posts.post_all(others, &news).await?;
    Ok(())
}
