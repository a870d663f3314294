//! time-edit

use crate::parts::entry::{Writer, expect_own};
use jiff::civil::Date;
use millrace_domain::{
    patch::{Change, Patch},
    text::Summary,
    time::{TimeLog, amount},
};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Tagged, Write, call::to_value,
};
use millrace_platform::path::TimeLogPath;
use millrace_store::Transaction;
use schemars::JsonSchema;
use serde::Deserialize;

/// The fields to change. Omitted fields stay unchanged.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeLogChange {
    /// The duration in minutes, rounded to the minute.
    #[serde(default)]
    pub minutes: Option<f64>,
    /// The duration in hours, rounded to the minute.
    #[serde(default)]
    pub hours: Option<f64>,
    /// The date.
    #[serde(default)]
    pub date: Change<Date>,
    /// The note; null clears it.
    #[serde(default)]
    pub note: Patch<Summary>,
}

/// Changes one of the caller's own time logs.
#[derive(Clone, JsonSchema)]
pub struct EditTime;

impl Endpoint for EditTime {
    const ROUTE: Route =
        Route::patch("time-edit", "/api/tasks/{task}/time-logs/{log_id}").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = TimeLogPath;
    type Query = Nothing;
    type Body = Json<TimeLogChange>;
    type Output = Tagged<TimeLog>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, path, sent) = (call.table(), &call.path, &call.body.0);
        let (scope, (task, log)) = call
            .authorize(|scope| async move {
                futures::try_join!(
                    table.task_alone(&scope, &path.task),
                    table.time_log(&scope, &path.task, path.log_id)
                )
            })
            .await?;
        expect_own(&scope, &log)?;
        let before = log.value.resource(log.version);
        call.expect_version(log.version, || to_value(&before))?;
        let mut changed = log.value.clone();
        if sent.minutes.is_some() || sent.hours.is_some() {
            changed.minutes = amount(sent.minutes, sent.hours)?;
        }
        sent.date.clone().apply(&mut changed.date);
        match sent.note.clone() {
            Patch::Keep => {}
            Patch::Clear => changed.note = Summary::default(),
            Patch::Set(note) => changed.note = note,
        }
        task.value.fields.check_live()?;
        if changed == log.value {
            return Ok(Tagged(before));
        }
        changed.updated_at = call.now;
        let mut change = Transaction::by(&scope);
        let version = change.change_time(&scope, &log, &changed);
        let writer = Writer::of(&call, &scope);
        change.event(&writer.changed(&task.value.fields.board_id, &log.value, &changed, version)?);
        call.commit(change, Tagged(changed.resource(version))).await
    }
}
