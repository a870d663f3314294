//! `$connect`: a socket opens with a ticket.

use millrace_endpoint::{Error, Frame, Nothing, Result, SocketRoute, Table, Write, sealed_token};
use millrace_store::live::Connection;
use serde_json::Value;

/// Opens a socket for whoever holds the ticket.
#[derive(Clone)]
pub struct Connect;

impl SocketRoute for Connect {
    const NAME: &'static str = "live-connect";
    const ABOUT: &'static str =
        "Opens a socket with a ticket from auth-live-ticket, in the query as `ticket`. A ticket is good once.";
    const ROUTE: &'static str = "$connect";
    type Uses = (Table<Write>,);
    type Body = Nothing;

    async fn handle(frame: Frame<Self>) -> Result<Vec<Value>> {
        let sent =
            frame.ticket.as_deref().ok_or_else(|| Error::Unauthorized("A socket opens with a ticket.".to_owned()))?;
        let (ticket, scope) = frame.table().take_ticket(&sealed_token::hash(sent), frame.now).await?;
        let connection =
            Connection { user: ticket.user, workspace: ticket.workspace, session: ticket.session, boards: Vec::new() };
        let table = frame.table();
        futures::try_join!(
            table.put_connection(&frame.connection, &connection, frame.now),
            table.put_own_socket(&scope, &connection.user, &frame.connection, frame.now),
        )?;
        Ok(Vec::new())
    }
}
