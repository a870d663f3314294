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

/// The person and date range of a timesheet.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct TimesheetQuery {
    /// The person. Defaults to the caller.
    pub user: Option<UserId>,
    /// The first day. Defaults to the Monday of this week.
    pub from: Option<Date>,
    /// The last day, at most 92 days after the first. Defaults to the Sunday of the first day's week.
    pub to: Option<Date>,
}

/// Returns a timesheet: the time a person logged per day and task, compared to the working hours of the workspace's
/// calendar.
///
/// Everybody can read their own. Managers can read those of others, limited to projects that they manage. As CSV with
/// `Accept: text/csv`.
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
