//! `$disconnect`: a socket is closed.

use crate::presence::announce;
use millrace_endpoint::{Frame, Nothing, Result, SocketRoute, Table, Write, capability::Sockets};
use millrace_store::Scope;
use serde_json::Value;

/// Forgets a socket, and tells the boards that its person has left.
#[derive(Clone)]
pub struct Disconnect;

impl SocketRoute for Disconnect {
    const NAME: &'static str = "live-disconnect";
    const ABOUT: &'static str = "Forgets a closed socket and tells its boards who is still there.";
    const ROUTE: &'static str = "$disconnect";
    type Uses = (Table<Write>, Sockets);
    type Body = Nothing;

    async fn handle(frame: Frame<Self>) -> Result<Vec<Value>> {
        let table: &Table<Write> = frame.table();
        let Some(connection) = table.take_connection(&frame.connection).await? else { return Ok(Vec::new()) };
        let scope = Scope::internal(connection.workspace.clone());
        let leave = async {
            for board in &connection.boards {
                table.remove_socket(&scope, board, &frame.connection).await?;
                let sockets = table.sockets(&scope, board).await?;
                announce(table, frame.uses(), &scope, board, &sockets, frame.now).await?;
            }
            Ok(())
        };
        let forget = table.remove_own_socket(&scope, &connection.user, &frame.connection);
        futures::try_join!(forget, leave)?;
        Ok(Vec::new())
    }
}
