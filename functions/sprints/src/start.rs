//! sprints-start

use crate::parts::{feed::on_sprint, progress::progress};
use millrace_domain::{
    Error,
    event::{Changes, EventData},
    sprint::{Sprint, SprintState},
};
use millrace_endpoint::{Call, Endpoint, Nothing, ProjectRole, Result, Route, Table, Tagged, Write, call::to_value};
use millrace_platform::path::SprintPath;
use millrace_store::{Transaction, sprint::SprintRecord};
use schemars::JsonSchema;

/// Starts a planned sprint. The tasks in it at this moment are the commitment. Several sprints of a project can run at
/// the same time.
#[derive(Clone, JsonSchema)]
pub struct StartSprint;

impl Endpoint for StartSprint {
    const ROUTE: Route = Route::post("sprints-start", "/api/sprints/{sprint_id}/start").needs(ProjectRole::Manager);
    type Uses = (Table<Write>,);
    type Path = SprintPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Tagged<Sprint>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, sprint): (&Table<Write>, _) = (call.table(), &call.path.sprint_id);
        let (scope, (stored, history, calendar)) =
            call.authorize(|scope| async move { progress(table, &scope, sprint).await }).await?;
        let before = stored.value.resource(stored.version);
        call.expect_version(stored.version, || to_value(&before))?;
        let refusal = match stored.value.state {
            SprintState::Planned if stored.value.emptying.is_none() => None,
            SprintState::Planned => Some("The sprint is being deleted."),
            SprintState::Running => Some("The sprint is running already."),
            SprintState::Closed => Some("The sprint is closed. Plan a new one."),
        };
        if let Some(refusal) = refusal {
            return Err(Error::Conflict { detail: refusal.to_owned(), current: Some(Box::new(to_value(&before)?)) });
        }
        if stored.value.plan.end_date < calendar.day_at(call.now) {
            return Err(Error::field("end_date", "is in the past; change the sprint's days before it starts"));
        }
        let started = SprintRecord {
            state: SprintState::Running,
            started_at: Some(call.now),
            committed_points: Some(history.ledger().standing_at(call.now).scope),
            updated_at: call.now,
            ..stored.value.clone()
        };
        let mut change = Transaction::by(&scope);
        let version = change.update_sprint(&scope, &stored, &started);
        let answer = started.resource(version);
        let (changes, data) = (Changes::between(&before, &answer)?, EventData::SprintStarted(answer.clone().into()));
        change.event(&on_sprint(&call, &scope, sprint.project(), changes, data));
        call.commit(change, Tagged(answer)).await
    }
}
