//! `subscribe`: a socket listens to a board.

use crate::{edit::editing, presence::announce_to};
use millrace_domain::id::{BoardId, EventId};
use millrace_endpoint::{Frame, Need, ProjectRole, Result, SocketRoute, Table, Write, capability::Sockets};
use millrace_store::{
    live::{PresenceState, Socket, present},
    table::Part,
};
use serde::Deserialize;
use serde_json::{Value, json};

/// Lets a socket listen to a board.
#[derive(Clone)]
pub struct Subscribe;

/// What `subscribe` says.
#[derive(Debug, Clone, Deserialize)]
pub struct SubscribeFrame {
    /// The board.
    pub board_id: BoardId,
    /// The cursor that the client knows; what happened since is sent at once.
    pub after: Option<EventId>,
}

/// How many missed events a subscription sends itself; a client that missed more asks boards-events.
const MISSED_AT_ONCE: u8 = 50;

impl SocketRoute for Subscribe {
    const NAME: &'static str = "live-subscribe";
    const ABOUT: &'static str = "Listens to a board: `{action: subscribe, board_id, after?}` is answered with a `subscribed` frame, which says who is there and who edits what, and, where `after` is behind the feed by at most 50 events, one `events` frame with them.";
    const ROUTE: &'static str = "subscribe";
    type Uses = (Table<Write>, Sockets);
    type Body = SubscribeFrame;

    async fn handle(frame: Frame<Self>) -> Result<Vec<Value>> {
        let (table, board): (&Table<Write>, _) = (frame.table(), &frame.body.board_id);
        let connection = frame.connection().await?;
        let need = Need::Project(ProjectRole::Viewer);
        let (scope, _) = frame
            .authorize(
                &connection.value,
                board.project(),
                need,
                |scope| async move { table.board(&scope, board).await },
            )
            .await?;
        let mut listening = connection.value;
        if !listening.boards.contains(board) {
            listening.boards.push(board.clone());
        }
        let socket = Socket {
            connection: frame.connection.clone(),
            user: scope.person().clone(),
            name: scope.member().value.name.clone(),
            state: PresenceState::Active,
            seen_at: frame.now,
        };
        futures::try_join!(
            table.put_connection(&frame.connection, &listening, frame.now),
            table.put_socket(&scope, board, &socket)
        )?;
        // Read after the socket is known to the relay: an event is either in what is read here, or posted to the socket.
        let part = Part { limit: MISSED_AT_ONCE, ..Part::default() };
        let missed = async {
            match frame.body.after {
                Some(after) => table.events_after(&scope, board, after, &part).await.map(|page| Some((after, page))),
                None => Ok(None),
            }
        };
        let (feed, missed, sockets, locks) = futures::try_join!(
            table.feed(&scope, board),
            missed,
            table.sockets(&scope, board),
            table.locks_in(&scope, board.project())
        )?;
        let cursor = feed.unwrap_or_default().cursor;
        let people = present(&sockets, frame.now);
        let others: Vec<Socket> =
            sockets.iter().filter(|other| other.connection != frame.connection).cloned().collect();
        announce_to(table, frame.uses(), &scope, board, (&others, &sockets), frame.now).await?;
        let mut replies = vec![json!({
            "type": "subscribed", "board_id": board, "cursor": cursor, "people": people,
            "editing": editing(&locks, frame.now),
        })];
        if let Some((after, page)) = missed
            && page.next.is_none()
            && let Some(last) = page.items.last()
        {
            let last = last.id.max(cursor);
            replies.push(
                json!({"type": "events", "board_id": board, "prev": after, "cursor": last, "events": page.items}),
            );
        }
        Ok(replies)
    }
}
