//! sprints-list

use millrace_domain::sprint::{Sprint, SprintState};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table, answer::List};
use millrace_platform::path::ProjectPath;
use schemars::JsonSchema;
use std::cmp::Reverse;

/// Lists the sprints of a project: running ones, then planned ones by date, then closed ones, most recent first.
#[derive(Clone, JsonSchema)]
pub struct ListSprints;

impl Endpoint for ListSprints {
    const ROUTE: Route = Route::get("sprints-list", "/api/projects/{project}/sprints").needs(ProjectRole::Viewer);
    type Uses = (Table<Read>,);
    type Path = ProjectPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<List<Sprint>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, project) = (call.table(), &call.path.project);
        let (_, sprints) = call.authorize(|scope| async move { table.sprints(&scope, project).await }).await?;
        let mut sprints: Vec<_> = sprints.iter().map(|sprint| sprint.value.resource(sprint.version)).collect();
        sprints.sort_by_cached_key(|sprint| match sprint.state {
            SprintState::Running => (0, Reverse(None), sprint.start_date, sprint.id.clone()),
            SprintState::Planned => (1, Reverse(None), sprint.start_date, sprint.id.clone()),
            SprintState::Closed => (2, Reverse(sprint.closed_at), sprint.start_date, sprint.id.clone()),
        });
        Ok(Json(List::whole(sprints)))
    }
}
