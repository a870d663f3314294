//! time-sheet

use jiff::civil::Date;
use millrace_domain::{
    Error,
    id::UserId,
    timesheet::{Span, Timesheet as Sheet},
};
use millrace_endpoint::{
    Call, Endpoint, Nothing, ProjectRole, Read, Result, Route, Table, WorkspaceRole, answer::JsonOrCsv,
};
use millrace_store::Scope;
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
        // Which day it is depends on the calendar, and a day more at either end costs nothing.
        let wide = Span::asked(query.from, query.to, jiff::tz::TimeZone::UTC.to_datetime(call.now).date());
        let (scope, (member, calendar, logged)) = call
            .authorize(|scope| async move {
                let Span { from, to } = wide?;
                let from = if query.from.is_some() { from } else { from.saturating_sub(jiff::ToSpan::days(7)) };
                let to = if query.to.is_some() { to } else { to.saturating_add(jiff::ToSpan::days(7)) };
                let (member, calendar, logged) = futures::join!(
                    table.member(&scope, person),
                    table.calendar(&scope),
                    table.logged_days(&scope, person, from, to),
                );
                Ok((member, calendar?, logged?))
            })
            .await?;
        let own = *person == *scope.person();
        if !own && !manages_something(&scope) {
            return Err(Error::Forbidden("Only a manager reads the timesheets of others.".to_owned()));
        }
        let member = member?;
        let span = Span::asked(query.from, query.to, calendar.day_at(call.now))?;
        let mut logged = logged;
        if !own {
            for day in &mut logged {
                day.tasks.retain(|task, _| {
                    scope.role_in(task.project()).is_some_and(|role| role.covers(ProjectRole::Manager))
                });
            }
        }
        let sheet = Sheet::new(person.clone(), span, &logged, &calendar);
        if call.wants("text/csv") {
            let file = format!("timesheet-{}-{}.csv", sheet.from, sheet.to);
            let text = sheet.csv(&member.value.name);
            return Ok(JsonOrCsv::Csv { file, text });
        }
        Ok(JsonOrCsv::Json(sheet))
    }
}

fn manages_something(scope: &Scope) -> bool {
    let lists = scope.member().value.projects.values().any(|role| role.covers(ProjectRole::Manager));
    lists || scope.role() >= WorkspaceRole::Admin
}
