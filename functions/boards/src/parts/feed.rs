//! Events as boards tell them.

use millrace_domain::{
    event::{Event, EventType, FieldChange},
    id::BoardId,
};
use millrace_endpoint::{Call, Endpoint};
use millrace_store::Scope;
use serde_json::Value;

/// Something that happened on `board`.
pub(crate) fn on_board<E: Endpoint>(
    call: &Call<E>,
    scope: &Scope,
    kind: EventType,
    board: &BoardId,
    changes: Vec<FieldChange>,
    data: Value,
) -> Event {
    let mut event = call.event(scope, kind, Some(board.project()));
    event.board_id = Some(board.clone());
    event.changes = changes;
    event.data = data;
    event
}
