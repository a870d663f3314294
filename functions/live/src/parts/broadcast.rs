//! Broadcasting ephemeral frames to the people on a board.

use jiff::Timestamp;
use millrace_domain::{id::BoardId, live::Frame};
use millrace_endpoint::{
    Result, Table, Write,
    capability::{Posted, Sockets},
};
use millrace_store::{
    Scope,
    live::{SILENCE, Socket},
};

/// The recently active ones of `sockets`, except `own`.
pub(crate) fn listening<'sockets>(
    sockets: &'sockets [Socket],
    own: Option<&'sockets str>,
    now: Timestamp,
) -> impl Iterator<Item = &'sockets Socket> {
    let heard = move |socket: &&Socket| now.duration_since(socket.seen_at) < SILENCE;
    sockets.iter().filter(heard).filter(move |socket| Some(socket.connection.as_str()) != own)
}

/// Posts a frame to each of `told`. A socket that is gone is removed.
///
/// # Errors
/// As every write.
pub(crate) async fn tell<'sockets, S>(
    table: &Table<Write>,
    posts: &Sockets,
    scope: &Scope<S>,
    board: &BoardId,
    told: impl Iterator<Item = &'sockets Socket>,
    frame: &Frame,
) -> Result<()> {
    let connections = told.map(|socket| socket.connection.clone()).collect();
    for (connection, posted) in posts.post_all(connections, frame).await? {
        if posted == Posted::Gone {
            table.remove_socket(scope, board, &connection).await?;
        }
    }
    Ok(())
}
