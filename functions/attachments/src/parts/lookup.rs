//! Telling what happened to a file.

use millrace_domain::{
    Result,
    event::{Event, EventType},
    file::attachment::AttachmentFields,
    task::TaskFields,
};
use millrace_endpoint::{Call, Endpoint, call::to_value};
use millrace_store::Scope;
use serde_json::{Value, json};

/// What events tell of a file: all of it, but for its thumbnail's address, which does not last.
pub(crate) fn told(attachment: &AttachmentFields) -> Result<Value> {
    Ok(json!({"attachment": to_value(&attachment.resource(None))?}))
}

/// Something that happened to a file on `task`.
pub(crate) fn on_attachment<E: Endpoint>(
    call: &Call<E>,
    scope: &Scope,
    kind: EventType,
    task: &TaskFields,
    attachment: &AttachmentFields,
) -> Result<Event> {
    let mut event = call.event(scope, kind, Some(task.key.project()));
    event.board_id = Some(task.board_id.clone());
    event.task = Some(task.key.clone());
    event.data = told(attachment)?;
    Ok(event)
}
