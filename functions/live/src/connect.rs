//! `$connect`: opens a socket with a ticket.

use millrace_domain::live::NoReply;
use millrace_endpoint::{Error, Incoming, Nothing, Result, SocketRoute, Table, Write, sealed_token};
use millrace_store::live::Connection;

/// Opens a socket for the holder of a ticket.
#[derive(Clone)]
pub struct Connect;

impl SocketRoute for Connect {
    const NAME: &'static str = "live-connect";
    const ABOUT: &'static str =
        "Opens a socket with a ticket from auth-live-ticket, in the query as `ticket`. A ticket is good once.";
    const ROUTE: &'static str = "$connect";
    type Uses = (Table<Write>,);
    type Body = Nothing;
    type Output = NoReply;

    async fn handle(incoming: Incoming<Self>) -> Result<Vec<Self::Output>> {
        let sent = incoming
            .ticket
            .as_deref()
            .ok_or_else(|| Error::Unauthorized("A socket opens with a ticket.".to_owned()))?;
        let table = incoming.table();
        let (ticket, scope) = table.take_ticket(&sealed_token::hash(sent), incoming.now).await?;
        let connection =
            Connection { user: ticket.user, workspace: ticket.workspace, session: ticket.session, boards: Vec::new() };
        futures::try_join!(
            table.put_connection(&incoming.connection, &connection, incoming.now),
            table.put_own_socket(&scope, &connection.user, &incoming.connection, incoming.now),
        )?;
        Ok(Vec::new())
    }
}
