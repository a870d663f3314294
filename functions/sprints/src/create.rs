//! sprints-create

use crate::parts::feed::on_sprint;
use jiff::civil::Date;
use millrace_domain::{
    event::{Changes, EventData},
    id::SprintId,
    sprint::{Sprint, SprintPlan, SprintState},
    text::{Name, Summary},
};
use millrace_endpoint::{Call, Created, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Write};
use millrace_platform::path::ProjectPath;
use millrace_store::{Transaction, sprint::SprintRecord};
use schemars::JsonSchema;
use serde::Deserialize;

/// The sprint to create.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSprint {
    /// The name.
    pub name: Name,
    /// The sprint's goal.
    #[serde(default)]
    pub goal: Option<Summary>,
    /// The first day, in the workspace's time zone.
    pub start_date: Date,
    /// The last day; not before the first, and at most a year later.
    pub end_date: Date,
    /// The team's capacity in points, at most 100000.
    #[serde(default)]
    pub capacity: Option<u32>,
}

/// Creates a planned sprint. Several sprints can be planned and running at the same time.
#[derive(Clone, JsonSchema)]
pub struct CreateSprint;

impl Endpoint for CreateSprint {
    const ROUTE: Route = Route::post("sprints-create", "/api/projects/{project}/sprints").needs(ProjectRole::Manager);
    type Uses = (Table<Write>,);
    type Path = ProjectPath;
    type Query = Nothing;
    type Body = Json<NewSprint>;
    type Output = Created<Sprint>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (project, sent) = (&call.path.project, call.body.0.clone());
        let scope = call.scope().await?;
        let plan = SprintPlan {
            name: sent.name,
            goal: sent.goal.unwrap_or_default(),
            start_date: sent.start_date,
            end_date: sent.end_date,
            capacity: sent.capacity,
        };
        plan.check()?;
        let sprint = SprintRecord {
            id: SprintId::random(project),
            plan,
            state: SprintState::Planned,
            emptying: None,
            committed_points: None,
            completed_points: None,
            started_at: None,
            closed_at: None,
            created_at: call.now,
            updated_at: call.now,
        };
        let answer = sprint.resource(1);
        let mut change = Transaction::by(&scope);
        change.open_sprint(&scope, &sprint);
        let data = EventData::SprintUpdated(answer.clone().into());
        change.event(&on_sprint(&call, &scope, &answer.project, Changes::default(), data));
        call.commit(change, Created(answer)).await
    }
}
