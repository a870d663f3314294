//! sprints-velocity

use millrace_domain::{Error, sprint::velocity::Velocity};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table};
use millrace_platform::path::ProjectPath;
use schemars::JsonSchema;
use serde::Deserialize;

/// The default number of sprints.
const DEFAULT_SPRINTS: u8 = 8;

/// The range of sprints.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct VelocityQuery {
    /// The maximum number of closed sprints, most recent first: 1 to 50. Defaults to 8.
    pub last: Option<u8>,
}

/// Returns the committed and completed points of a project's last closed sprints.
#[derive(Clone, JsonSchema)]
pub struct ProjectVelocity;

impl Endpoint for ProjectVelocity {
    const ROUTE: Route = Route::get("sprints-velocity", "/api/projects/{project}/velocity").needs(ProjectRole::Viewer);
    type Uses = (Table<Read>,);
    type Path = ProjectPath;
    type Query = VelocityQuery;
    type Body = Nothing;
    type Output = Json<Velocity>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, project) = (call.table(), &call.path.project);
        let last = match call.query.last.unwrap_or(DEFAULT_SPRINTS) {
            last @ 1..=50 => usize::from(last),
            _ => return Err(Error::field("last", "takes 1 to 50")),
        };
        let (_, sprints) = call.authorize(|scope| async move { table.sprints(&scope, project).await }).await?;
        let sprints = sprints.iter().map(|sprint| sprint.value.resource(sprint.version));
        Ok(Json(Velocity::of(sprints, last)))
    }
}
