//! `$disconnect`: a socket was closed.

use crate::parts::departure::Leaving;
use millrace_domain::live::NoReply;
use millrace_endpoint::{Incoming, Nothing, Result, SocketRoute, Table, Write, capability::Sockets};

/// Removes a socket and updates the presence of its boards.
#[derive(Clone)]
pub struct Disconnect;

impl SocketRoute for Disconnect {
    const NAME: &'static str = "live-disconnect";
    const ABOUT: &'static str =
        "Forgets a closed socket, lets go of what was edited on it, and tells its boards who is still there.";
    const ROUTE: &'static str = "$disconnect";
    type Uses = (Table<Write>, Sockets);
    type Body = Nothing;
    type Output = NoReply;

    async fn handle(incoming: Incoming<Self>) -> Result<Vec<Self::Output>> {
        let table: &Table<Write> = incoming.table();
        let Some(stored) = table.take_connection(&incoming.connection).await? else { return Ok(Vec::new()) };
        let (scope, connection) = (stored.scope(), stored.value);
        let leaving = Leaving { socket: &incoming.connection, boards: &connection.boards, stays: &[] };
        futures::try_join!(
            table.remove_own_socket(&scope, &connection.user, &incoming.connection),
            leaving.leave(table, incoming.uses(), &scope, incoming.now)
        )?;
        Ok(Vec::new())
    }
}
