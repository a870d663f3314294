//! sprints-velocity

use jiff::{Timestamp, civil::Date};
use millrace_domain::{
    Error,
    id::SprintId,
    sprint::{Sprint, SprintState},
    text::Name,
};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table, path::ProjectPath};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many sprints are asked for if nobody says.
const DEFAULT_SPRINTS: u8 = 8;

/// How far back is looked.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct VelocityQuery {
    /// How many closed sprints at the most, the latest: 1 to 50, 8 if nobody says.
    pub last: Option<u8>,
}

/// A closed sprint, in points.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SprintPoints {
    /// The sprint.
    pub sprint_id: SprintId,
    /// What it was called.
    pub name: Name,
    /// Its first day.
    pub start_date: Date,
    /// Its last day.
    pub end_date: Date,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// The points that were in it when it started.
    pub committed_points: u32,
    /// The points that were done.
    pub completed_points: u32,
}

/// What a project's people did in its last sprints.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Velocity {
    /// The sprints, the earliest first.
    pub sprints: Vec<SprintPoints>,
    /// The points that were done in one of them on average; null where there is none.
    pub average: Option<f64>,
}

impl SprintPoints {
    fn of(sprint: Sprint) -> Self {
        Self {
            sprint_id: sprint.id,
            name: sprint.name,
            start_date: sprint.start_date,
            end_date: sprint.end_date,
            closed_at: sprint.closed_at,
            committed_points: sprint.committed_points.unwrap_or(0),
            completed_points: sprint.completed_points.unwrap_or(0),
        }
    }
}

/// Shows how many points were committed to and done in the last closed sprints of a project.
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
        let closed = sprints.iter().filter(|sprint| sprint.value.state == SprintState::Closed);
        let mut closed: Vec<_> = closed.map(|sprint| sprint.value.resource(sprint.version)).collect();
        closed.sort_by_key(|sprint| sprint.closed_at);
        let sprints: Vec<_> =
            closed.split_off(closed.len().saturating_sub(last)).into_iter().map(SprintPoints::of).collect();
        let done = sprints.iter().map(|sprint| f64::from(sprint.completed_points)).sum::<f64>();
        let average = (!sprints.is_empty()).then(|| (done / sprints.len() as f64 * 10.0).round() / 10.0);
        Ok(Json(Velocity { sprints, average }))
    }
}
