//! Events as projects tell them, and what they say of a project.

use millrace_domain::{
    Result,
    event::{Event, EventType, FieldChange},
    id::ProjectKey,
    workspace::role::ProjectRole,
};
use millrace_endpoint::{Call, Endpoint, call::to_value};
use millrace_store::{Scope, project::ProjectRecord};
use serde_json::Value;

/// Something that happened to `project`, which all of its boards hear.
pub(crate) fn on_project<E: Endpoint>(
    call: &Call<E>,
    scope: &Scope,
    kind: EventType,
    project: &ProjectKey,
    changes: Vec<FieldChange>,
    data: Value,
) -> Event {
    let mut event = call.event(scope, kind, Some(project));
    event.changes = changes;
    event.data = data;
    event
}

/// A project as everybody sees it: without the role, which is another one for each of them.
pub(crate) fn told(project: &ProjectRecord, version: u64) -> Result<Value> {
    let mut value = to_value(&project.resource(version, ProjectRole::Viewer))?;
    if let Some(fields) = value.as_object_mut() {
        fields.remove("role");
    }
    Ok(value)
}
