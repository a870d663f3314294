//! `$disconnect`: a socket is closed.

use crate::parts::departure::Leaving;
use millrace_endpoint::{Frame, Nothing, Result, SocketRoute, Table, Write, capability::Sockets};
use serde_json::Value;

/// Forgets a socket, and tells the boards that its person has left.
#[derive(Clone)]
pub struct Disconnect;

impl SocketRoute for Disconnect {
    const NAME: &'static str = "live-disconnect";
    const ABOUT: &'static str =
        "Forgets a closed socket, lets go of what was edited on it, and tells its boards who is still there.";
    const ROUTE: &'static str = "$disconnect";
    type Uses = (Table<Write>, Sockets);
    type Body = Nothing;

    async fn handle(frame: Frame<Self>) -> Result<Vec<Value>> {
        let table: &Table<Write> = frame.table();
        let Some(stored) = table.take_connection(&frame.connection).await? else { return Ok(Vec::new()) };
        let (scope, connection) = (stored.scope(), stored.value);
        let leaving = Leaving { socket: &frame.connection, boards: &connection.boards, stays: &[] };
        futures::try_join!(
            table.remove_own_socket(&scope, &connection.user, &frame.connection),
            leaving.leave(table, frame.uses(), &scope, frame.now)
        )?;
        Ok(Vec::new())
    }
}
