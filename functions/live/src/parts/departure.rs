//! Leaving boards, and the frames sent to those who stay.

use crate::{
    edit::{let_go, over},
    parts::broadcast::{listening, tell},
    presence::announce,
};
use jiff::Timestamp;
use millrace_domain::id::{BoardId, ProjectKey};
use millrace_endpoint::{Result, Table, Write, capability::Sockets};
use millrace_store::{Scope, scope::Internal};
use std::collections::BTreeSet;

/// A departure: the connection and its boards.
pub(crate) struct Leaving<'socket> {
    /// The connection.
    pub socket: &'socket str,
    /// The boards that it leaves.
    pub boards: &'socket [BoardId],
    /// The boards that it stays subscribed to, whose projects keep its edit locks.
    pub stays: &'socket [BoardId],
}

impl Leaving<'_> {
    /// Unsubscribes a socket from boards, releases its edit locks, and notifies the others.
    ///
    /// # Errors
    /// As every write.
    pub(crate) async fn leave(
        &self,
        table: &Table<Write>,
        posts: &Sockets,
        scope: &Scope<Internal>,
        now: Timestamp,
    ) -> Result<()> {
        let stays: BTreeSet<&ProjectKey> = self.stays.iter().map(BoardId::project).collect();
        let left: BTreeSet<&ProjectKey> = self.boards.iter().map(BoardId::project).collect();
        let let_go = left.difference(&stays).map(|project| let_go(table, scope, project, self.socket, now));
        let remove = self.boards.iter().map(|board| async move {
            table.remove_socket(scope, board, self.socket).await?;
            Ok((board, table.sockets(scope, board).await?))
        });
        let (locks, boards) =
            futures::try_join!(futures::future::try_join_all(let_go), futures::future::try_join_all(remove))?;
        let locks = locks.concat();
        for (board, sockets) in boards {
            announce(table, posts, scope, board, &sockets, now).await?;
            for news in over(board, &locks) {
                tell(table, posts, scope, board, listening(&sockets, None, now), &news).await?;
            }
        }
        Ok(())
    }
}
