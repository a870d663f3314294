//! Events as sprints tell them.

use millrace_domain::{
    Result,
    event::{Event, EventType, FieldChange},
    sprint::Sprint,
};
use millrace_endpoint::{Call, Endpoint, call::to_value};
use millrace_store::Scope;
use serde_json::json;

/// Something that happened to `sprint`, which all boards of its project hear.
pub(crate) fn on_sprint<E: Endpoint>(
    call: &Call<E>,
    scope: &Scope,
    kind: EventType,
    sprint: &Sprint,
    changes: Vec<FieldChange>,
) -> Result<Event> {
    let mut event = call.event(scope, kind, Some(&sprint.project));
    event.changes = changes;
    event.data = json!({"sprint": to_value(sprint)?});
    Ok(event)
}
