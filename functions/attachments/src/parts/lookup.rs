//! Telling what happened to a file.

use millrace_domain::{
    event::{Event, EventData, payload::AttachmentEvent},
    file::attachment::AttachmentFields,
    task::TaskFields,
};
use millrace_endpoint::{Call, Endpoint};
use millrace_store::Scope;

/// What events carry of a file.
pub(crate) fn in_event(attachment: &AttachmentFields) -> AttachmentEvent {
    AttachmentEvent { attachment: attachment.resource(None) }
}

/// An event about a file on `task`.
pub(crate) fn on_attachment<E: Endpoint>(call: &Call<E>, scope: &Scope, task: &TaskFields, data: EventData) -> Event {
    call.event(scope, data).on_task(&task.key, &task.board_id)
}
