//! Events that projects tell.

use millrace_domain::{
    event::{
        Changes, Event, EventData,
        payload::{ProjectPart, ProjectUpdated},
    },
    id::ProjectKey,
    resource::EventProject,
    workspace::role::ProjectRole,
};
use millrace_endpoint::{Call, Endpoint};
use millrace_store::{Scope, project::ProjectRecord};

/// Something of a project that changed. All of its boards get it.
pub(crate) fn on_project<E: Endpoint>(
    call: &Call<E>,
    scope: &Scope,
    project: &ProjectKey,
    changes: Changes,
    what: ProjectPart,
) -> Event {
    let data = EventData::ProjectUpdated(ProjectUpdated::from(what));
    call.event(scope, data).in_project(project).changing(changes)
}

/// A project as events carry it.
pub(crate) fn in_event(project: &ProjectRecord, version: u64) -> EventProject {
    project.resource(version, ProjectRole::Viewer).into()
}
