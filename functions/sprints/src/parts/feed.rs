//! Events that sprints tell.

use millrace_domain::{
    event::{Changes, Event, EventData},
    id::ProjectKey,
};
use millrace_endpoint::{Call, Endpoint};
use millrace_store::Scope;

/// Something that happened to a sprint. All boards of its project get it.
pub(crate) fn on_sprint<E: Endpoint>(
    call: &Call<E>,
    scope: &Scope,
    project: &ProjectKey,
    changes: Changes,
    data: EventData,
) -> Event {
    call.event(scope, data).in_project(project).changing(changes)
}
