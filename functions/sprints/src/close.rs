//! sprints-close

use crate::parts::feed::on_sprint;
use millrace_domain::{
    Error,
    event::{Changes, EventData},
    id::{EventId, SprintId},
    sprint::{SprintState, burndown::SprintReport},
};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Write, call::to_value};
use millrace_platform::path::SprintPath;
use millrace_store::{
    Scope, Stored, Transaction,
    sprint::{Emptying, ReportRecord, SprintRecord},
};
use millrace_task_changes::TaskWriter;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;

/// The destination of unfinished tasks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Unfinished {
    /// Back to the backlog.
    #[default]
    Backlog,
    /// Another sprint of the project that is not closed.
    Sprint(SprintId),
}

impl Unfinished {
    fn sprint(&self) -> Option<&SprintId> {
        match self {
            Self::Backlog => None,
            Self::Sprint(sprint) => Some(sprint),
        }
    }
}

impl<'de> Deserialize<'de> for Unfinished {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Cow::<'de, str>::deserialize(deserializer)?.as_ref() {
            "backlog" => Ok(Self::Backlog),
            id => id.parse().map(Self::Sprint).map_err(|_| serde::de::Error::custom("is not a sprint id or `backlog`")),
        }
    }
}

impl JsonSchema for Unfinished {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Unfinished".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "examples": ["backlog", "WEB.s4fJq8sNcX0aZ"]})
    }
}

/// How to close a sprint.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// The destination of unfinished tasks: `backlog`, or the id of another sprint. Defaults to `backlog`.
    #[serde(default)]
    pub unfinished: Unfinished,
}

/// Closes a running sprint and returns its report. Completed tasks stay in it; unfinished ones move to the backlog or
/// to another sprint.
///
/// The report is written first, together with the close, and never changes. The tasks are moved afterwards; repeat the
/// call to continue an interrupted close, or wait for the daily job. Closing a closed sprint in the same way returns
/// the same report.
#[derive(Clone, JsonSchema)]
pub struct CloseSprint;

impl Endpoint for CloseSprint {
    const ROUTE: Route =
        Route::post("sprints-close", "/api/sprints/{sprint_id}/close").needs(ProjectRole::Manager).timeout(30);
    type Uses = (Table<Write>,);
    type Path = SprintPath;
    type Query = Nothing;
    type Body = Json<Closing>;
    type Output = Json<SprintReport>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, sprint, to) = (call.table(), &call.path.sprint_id, call.body.0.unfinished.sprint());
        let (scope, (stored, history, calendar, targets)) = call
            .authorize(|scope| async move {
                // A sprint of another project is not looked at: the caller's role there is not known.
                let target = to.filter(|to| to.project() == sprint.project());
                futures::try_join!(
                    table.sprint(&scope, sprint),
                    table.sprint_history(&scope, sprint),
                    table.calendar(&scope),
                    table.sprints_among(&scope, target.map(std::slice::from_ref).unwrap_or_default()),
                )
            })
            .await?;
        if let (SprintState::Closed, Some(kept)) = (stored.value.state, history.report.clone()) {
            return again(&call, &scope, &stored, kept.report).await;
        }
        call.expect_version(stored.version, || to_value(&stored.value.resource(stored.version)))?;
        if stored.value.state != SprintState::Running {
            return Err(Error::conflict("The sprint was not started, so there is nothing to close."));
        }
        check(to, &stored, targets.first())?;
        let closed = SprintRecord {
            state: SprintState::Closed,
            closed_at: Some(call.now),
            updated_at: call.now,
            ..stored.value.clone()
        };
        let report = SprintReport { unfinished_to: to.cloned(), ..closed.report(&history, call.now) };
        let closed = SprintRecord {
            committed_points: Some(report.committed_points),
            completed_points: Some(report.completed_points),
            emptying: (!report.carried_over.is_empty()).then(|| Emptying { to: to.cloned(), delete: false }),
            ..closed
        };
        let mut change = Transaction::by(&scope);
        if let Some(target) = targets.first() {
            change.check_sprint(target);
        }
        let version = change.update_sprint(&scope, &stored, &closed);
        let seen = history.ledger().seen();
        change.keep_report(&scope, &ReportRecord { report: report.clone(), calendar, seen });
        let (before, answer) = (stored.value.resource(stored.version), closed.resource(version));
        let (changes, data) = (Changes::between(&before, &answer)?, EventData::SprintClosed(answer.into()));
        let event = on_sprint(&call, &scope, stored.value.id.project(), changes, data);
        let batch = Some(event.id);
        change.event(&event.in_batch(batch));
        let answer = call.commit(change, Json(report)).await?;
        carry_on(&call, &scope, &Stored { version, value: closed, ..stored }).await?;
        Ok(answer)
    }
}

/// Moves the remaining unfinished tasks.
async fn carry_on(call: &Call<CloseSprint>, scope: &Scope, sprint: &Stored<SprintRecord>) -> Result<()> {
    if sprint.value.emptying.is_none() {
        return Ok(());
    }
    let writer = TaskWriter::by(scope, call.now).in_batch(Some(EventId::at(call.now)));
    let emptied = writer.empty_sprint(call.table(), sprint).await?;
    call.table().commit(emptied.change).await
}

/// Returns the result of a close by another person or an earlier attempt.
async fn again(
    call: &Call<CloseSprint>,
    scope: &Scope,
    sprint: &Stored<SprintRecord>,
    kept: SprintReport,
) -> Result<Json<SprintReport>> {
    carry_on(call, scope, sprint).await?;
    if kept.unfinished_to.as_ref() == call.body.0.unfinished.sprint() {
        return Ok(Json(kept));
    }
    let detail = "The sprint is closed already, and what was not done went elsewhere.".to_owned();
    Err(Error::Conflict { detail, current: Some(Box::new(to_value(&kept)?)) })
}

/// Checks that the destination accepts the unfinished tasks.
fn check(to: Option<&SprintId>, sprint: &Stored<SprintRecord>, target: Option<&Stored<SprintRecord>>) -> Result<()> {
    let Some(to) = to else { return Ok(()) };
    let refused = |message: &str| Err(Error::field("unfinished", message));
    match target {
        _ if to.project() != sprint.value.id.project() => refused("is a sprint of another project"),
        _ if *to == sprint.value.id => refused("is the sprint that is being closed"),
        None => refused("is not a sprint of this project"),
        Some(target) if !target.value.takes_tasks() => refused("is a sprint that is closed"),
        Some(_) => Ok(()),
    }
}
