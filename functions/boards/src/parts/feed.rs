//! Events about boards.

use millrace_domain::{
    event::{Changes, Event, EventData},
    id::BoardId,
};
use millrace_endpoint::{Call, Endpoint};
use millrace_store::Scope;

/// An event about a board.
pub(crate) fn on_board<E: Endpoint>(
    call: &Call<E>,
    scope: &Scope,
    board: &BoardId,
    changes: Changes,
    data: EventData,
) -> Event {
    call.event(scope, data).on_board(board).changing(changes)
}
