//! time-log

use crate::parts::entry::Writer;
use jiff::civil::Date;
use millrace_domain::{
    id::EventId,
    text::Summary,
    time::{TimeLog, amount},
};
use millrace_endpoint::{Call, Created, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Write};
use millrace_platform::path::TaskPath;
use millrace_store::{
    Transaction,
    time::{Home, TimeLogRecord},
};
use schemars::JsonSchema;
use serde::Deserialize;

/// Time worked on a task, in minutes or in hours.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTimeLog {
    /// The duration in minutes, rounded to the minute.
    #[serde(default)]
    pub minutes: Option<f64>,
    /// The duration in hours, rounded to the minute.
    #[serde(default)]
    pub hours: Option<f64>,
    /// The date. Defaults to today in the workspace's time zone.
    #[serde(default)]
    pub date: Option<Date>,
    /// The note.
    #[serde(default)]
    pub note: Summary,
}

/// Logs time that the caller worked on a task. A person can log at most 24 hours per day over all tasks.
#[derive(Clone, JsonSchema)]
pub struct LogTime;

impl Endpoint for LogTime {
    const ROUTE: Route = Route::post("time-log", "/api/tasks/{task}/time-logs").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = TaskPath;
    type Query = Nothing;
    type Body = Json<NewTimeLog>;
    type Output = Created<TimeLog>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, key, sent) = (call.table(), &call.path.task, &call.body.0);
        let (scope, (task, calendar)) = call
            .authorize(|scope| async move { futures::try_join!(table.task_alone(&scope, key), table.calendar(&scope)) })
            .await?;
        let minutes = amount(sent.minutes, sent.hours)?;
        task.value.fields.check_live()?;
        let board = &task.value.fields.board_id;
        let log = TimeLogRecord {
            id: EventId::at(call.now),
            task: key.clone(),
            person: scope.person().clone(),
            date: sent.date.unwrap_or_else(|| calendar.day_at(call.now)),
            minutes,
            note: sent.note.clone(),
            timed: false,
            created_at: call.now,
            updated_at: call.now,
        };
        let field = if sent.hours.is_some() { "hours" } else { "minutes" };
        let mut change = Transaction::by(&scope);
        change.log_time(&scope, std::slice::from_ref(&log), Home::Seen, field);
        change.event(&Writer::of(&call, &scope).added(board, &log)?);
        call.commit(change, Created(log.resource(1))).await
    }
}
