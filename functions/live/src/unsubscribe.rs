//! `unsubscribe`: ends a subscription.

use crate::parts::departure::Leaving;
use millrace_domain::{id::BoardId, live::frame::Unsubscribed, reply};
use millrace_endpoint::{Incoming, Result, SocketRoute, Table, Write, capability::Sockets};
use schemars::JsonSchema;
use serde::Deserialize;

/// Ends the subscription to a board.
#[derive(Clone)]
pub struct Unsubscribe;

/// Unsubscribes the socket from a board.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct UnsubscribeAction {
    /// The board.
    pub board_id: BoardId,
}

reply! {
    /// Confirms the end of a subscription.
    UnsubscribeReply { Unsubscribed }
}

impl SocketRoute for Unsubscribe {
    const NAME: &'static str = "live-unsubscribe";
    const ABOUT: &'static str = "Stops listening to a board, and lets go of what was edited there: `{action: unsubscribe, board_id}`, answered with an `unsubscribed` frame.";
    const ROUTE: &'static str = "unsubscribe";
    type Uses = (Table<Write>, Sockets);
    type Body = UnsubscribeAction;
    type Output = UnsubscribeReply;

    async fn handle(incoming: Incoming<Self>) -> Result<Vec<Self::Output>> {
        let (table, board): (&Table<Write>, _) = (incoming.table(), &incoming.body.board_id);
        let stored = incoming.connection().await?;
        let (scope, mut connection) = (stored.scope(), stored.value);
        connection.boards.retain(|other| other != board);
        let leaving =
            Leaving { socket: &incoming.connection, boards: std::slice::from_ref(board), stays: &connection.boards };
        futures::try_join!(
            table.put_connection(&incoming.connection, &connection, incoming.now),
            leaving.leave(table, incoming.uses(), &scope, incoming.now)
        )?;
        Ok(vec![UnsubscribeReply::Unsubscribed(Unsubscribed { board_id: board.clone() })])
    }
}
