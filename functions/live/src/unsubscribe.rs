//! `unsubscribe`: a socket does not listen to a board any more.

use crate::parts::departure::Leaving;
use millrace_domain::id::BoardId;
use millrace_endpoint::{Frame, Result, SocketRoute, Table, Write, capability::Sockets};
use serde::Deserialize;
use serde_json::{Value, json};

/// Stops listening to a board.
#[derive(Clone)]
pub struct Unsubscribe;

/// What `unsubscribe` says.
#[derive(Debug, Clone, Deserialize)]
pub struct UnsubscribeFrame {
    /// The board.
    pub board_id: BoardId,
}

impl SocketRoute for Unsubscribe {
    const NAME: &'static str = "live-unsubscribe";
    const ABOUT: &'static str = "Stops listening to a board, and lets go of what was edited there: `{action: unsubscribe, board_id}`, answered with an `unsubscribed` frame.";
    const ROUTE: &'static str = "unsubscribe";
    type Uses = (Table<Write>, Sockets);
    type Body = UnsubscribeFrame;

    async fn handle(frame: Frame<Self>) -> Result<Vec<Value>> {
        let (table, board): (&Table<Write>, _) = (frame.table(), &frame.body.board_id);
        let stored = frame.connection().await?;
        let (scope, mut connection) = (stored.scope(), stored.value);
        connection.boards.retain(|other| other != board);
        let leaving =
            Leaving { socket: &frame.connection, boards: std::slice::from_ref(board), stays: &connection.boards };
        futures::try_join!(
            table.put_connection(&frame.connection, &connection, frame.now),
            leaving.leave(table, frame.uses(), &scope, frame.now)
        )?;
        Ok(vec![json!({"type": "unsubscribed", "board_id": board})])
    }
}
