//! `subscribe`: subscribes a socket to a board.

use crate::{edit::editing, presence::announce_to};
use millrace_domain::{
    id::{BoardId, EventId},
    live::{
        frame::{Events, Subscribed},
        presence::PresenceState,
    },
    reply,
};
use millrace_endpoint::{Incoming, Need, ProjectRole, Result, SocketRoute, Table, Write, capability::Sockets};
use millrace_store::{
    live::{Socket, present},
    table::Part,
};
use schemars::JsonSchema;
use serde::Deserialize;

/// Subscribes a socket to a board.
#[derive(Clone)]
pub struct Subscribe;

/// Subscribes the socket to a board.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct SubscribeAction {
    /// The board.
    pub board_id: BoardId,
    /// The client's cursor. Later events are sent at once.
    pub after: Option<EventId>,
}

reply! {
    /// The board's current state, and the events that the client missed.
    SubscribeReply { Subscribed, Events }
}

/// How many missed events a subscription sends; a client that missed more calls boards-events.
const MISSED_AT_ONCE: u8 = 50;

impl SocketRoute for Subscribe {
    const NAME: &'static str = "live-subscribe";
    const ABOUT: &'static str = "Listens to a board: `{action: subscribe, board_id, after?}` is answered with a `subscribed` frame, which says who is there and who edits what, and, where `after` is behind the feed by at most 50 events, one `events` frame with them.";
    const ROUTE: &'static str = "subscribe";
    type Uses = (Table<Write>, Sockets);
    type Body = SubscribeAction;
    type Output = SubscribeReply;

    async fn handle(incoming: Incoming<Self>) -> Result<Vec<Self::Output>> {
        let (table, board): (&Table<Write>, _) = (incoming.table(), &incoming.body.board_id);
        let connection = incoming.connection().await?;
        let need = Need::Project(ProjectRole::Viewer);
        let (scope, _) = incoming
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
            connection: incoming.connection.clone(),
            user: scope.person().clone(),
            name: scope.member().value.name.clone(),
            state: PresenceState::Active,
            seen_at: incoming.now,
        };
        futures::try_join!(
            table.put_connection(&incoming.connection, &listening, incoming.now),
            table.put_socket(&scope, board, &socket)
        )?;
        // Read after the socket is known to the relay: an event is either in what is read here, or posted to the socket.
        let part = Part { limit: MISSED_AT_ONCE, ..Part::default() };
        let missed = async {
            match incoming.body.after {
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
        let people = present(&sockets, incoming.now);
        let others: Vec<Socket> =
            sockets.iter().filter(|other| other.connection != incoming.connection).cloned().collect();
        announce_to(table, incoming.uses(), &scope, board, (&others, &sockets), incoming.now).await?;
        let editing = editing(&locks, incoming.now);
        let mut replies =
            vec![SubscribeReply::Subscribed(Subscribed { board_id: board.clone(), cursor, people, editing })];
        if let Some((after, page)) = missed
            && page.next.is_none()
            && let Some(last) = page.items.last()
        {
            let cursor = last.id.max(cursor);
            let events = Events { board_id: board.clone(), prev: after, cursor, events: page.items };
            replies.push(SubscribeReply::Events(events));
        }
        Ok(replies)
    }
}
