//! sprints-update

use crate::parts::feed::on_sprint;
use jiff::civil::Date;
use millrace_domain::{
    Error,
    event::{Changes, EventData},
    patch::{Change, Patch},
    sprint::{Sprint, SprintState},
    text::{Name, Summary},
};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Tagged, Write, call::to_value,
};
use millrace_platform::path::SprintPath;
use millrace_store::Transaction;
use schemars::JsonSchema;
use serde::Deserialize;

/// The fields to change. Omitted fields stay unchanged; null clears a field.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SprintChange {
    /// The name.
    #[serde(default)]
    pub name: Change<Name>,
    /// The sprint's goal.
    #[serde(default)]
    pub goal: Change<Summary>,
    /// The first day. Cannot change once the sprint has started.
    #[serde(default)]
    pub start_date: Change<Date>,
    /// The last day; not before the first, and at most a year later.
    #[serde(default)]
    pub end_date: Change<Date>,
    /// The team's capacity in points, at most 100000.
    #[serde(default)]
    pub capacity: Patch<u32>,
}

/// Changes a sprint that is not closed.
#[derive(Clone, JsonSchema)]
pub struct UpdateSprint;

impl Endpoint for UpdateSprint {
    const ROUTE: Route = Route::patch("sprints-update", "/api/sprints/{sprint_id}").needs(ProjectRole::Manager);
    type Uses = (Table<Write>,);
    type Path = SprintPath;
    type Query = Nothing;
    type Body = Json<SprintChange>;
    type Output = Tagged<Sprint>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, sprint, sent) = (call.table(), &call.path.sprint_id, call.body.0.clone());
        let (scope, stored) = call.authorize(|scope| async move { table.sprint(&scope, sprint).await }).await?;
        let before = stored.value.resource(stored.version);
        call.expect_version(stored.version, || to_value(&before))?;
        let mut changed = stored.value.clone();
        sent.name.apply(&mut changed.plan.name);
        sent.goal.apply(&mut changed.plan.goal);
        sent.start_date.apply(&mut changed.plan.start_date);
        sent.end_date.apply(&mut changed.plan.end_date);
        sent.capacity.apply(&mut changed.plan.capacity);
        if changed == stored.value {
            return Ok(Tagged(before));
        }
        if stored.value.state == SprintState::Closed {
            return Err(Error::conflict("The sprint is closed, and its plan does not change any more."));
        }
        if stored.value.state == SprintState::Running && changed.plan.start_date != stored.value.plan.start_date {
            return Err(Error::conflict("The sprint has started, so its first day stays."));
        }
        changed.plan.check()?;
        changed.updated_at = call.now;
        let mut change = Transaction::by(&scope);
        let version = change.update_sprint(&scope, &stored, &changed);
        let answer = changed.resource(version);
        let (changes, data) = (Changes::between(&before, &answer)?, EventData::SprintUpdated(answer.clone().into()));
        change.event(&on_sprint(&call, &scope, sprint.project(), changes, data));
        call.commit(change, Tagged(answer)).await
    }
}
