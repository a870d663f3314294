//! time-sheet

use jiff::civil::Date;
use millrace_domain::{
    id::UserId,
    time::timesheet::{Span, Timesheet as Sheet},
};
use millrace_endpoint::{Call, Endpoint, Nothing, Read, Result, Route, Table, WorkspaceRole, answer::JsonOrCsv};
use millrace_insight::sheet::{days_to_read, expect_own_or_manager, keep_seen};
use schemars::JsonSchema;
use serde::Deserialize;

/// Whose timesheet is asked for, and for which days.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct TimesheetQuery {
    /// Whose; the caller's own if nobody says.
    pub user: Option<UserId>,
    /// The first day; the Monday of this week if nobody says.
    pub from: Option<Date>,
    /// The last day, at most 92 days from the first; the Sunday of the first day's week if nobody says.
    pub to: Option<Date>,
}

/// Reads a timesheet: what a person logged on each day and task, against the working hours of the workspace's calendar.
///
/// Everybody reads their own. A manager reads those of others, as far as they worked in projects that the manager
/// manages: time on other projects is left out. As CSV where `Accept` asks for `text/csv`.
#[derive(Clone, JsonSchema)]
pub struct Timesheet;

impl Endpoint for Timesheet {
    const ROUTE: Route = Route::get("time-sheet", "/api/timesheets").in_workspace(WorkspaceRole::Guest);
    type Uses = (Table<Read>,);
    type Path = Nothing;
    type Query = TimesheetQuery;
    type Body = Nothing;
    type Output = JsonOrCsv<Sheet>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, query) = (call.table(), &call.query);
        let person = query.user.as_ref().unwrap_or(call.person()?);
        let wide = days_to_read(query.from, query.to, call.now);
        let (scope, (member, calendar, mut logged)) = call
            .authorize(|scope| async move {
                let Span { from, to } = wide?;
                let (member, calendar, logged) = futures::join!(
                    table.member(&scope, person),
                    table.calendar(&scope),
                    table.logged_days(&scope, person, from, to),
                );
                Ok((member, calendar?, logged?))
            })
            .await?;
        expect_own_or_manager(&scope, person)?;
        let member = member?;
        let span = Span::asked(query.from, query.to, calendar.day_at(call.now))?;
        keep_seen(&scope, person, None, &mut logged);
        let sheet = Sheet::new(person.clone(), span, &logged, &calendar);
        if call.wants("text/csv") {
            let file = format!("timesheet-{}-{}.csv", sheet.from, sheet.to);
            let text = sheet.csv(&member.value.name);
            return Ok(JsonOrCsv::Csv { file, text });
        }
        Ok(JsonOrCsv::Json(sheet))
    }
}
