//! Whose logged time a person may see, and which days have to be read for a timesheet.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use millrace_domain::{
    Error, Result,
    id::{ProjectKey, UserId},
    time::timesheet::{LoggedDay, Span},
    workspace::role::{ProjectRole, WorkspaceRole},
};
use millrace_store::Scope;

/// The days to read for a timesheet, before it is known which day it is in the workspace: a week more at either end that
/// nobody named.
///
/// # Errors
/// As [`Span::asked`].
pub fn days_to_read(from: Option<Date>, to: Option<Date>, now: Timestamp) -> Result<Span> {
    let span = Span::asked(from, to, TimeZone::UTC.to_datetime(now).date())?;
    Ok(Span {
        from: if from.is_some() { span.from } else { span.from.saturating_sub(7.days()) },
        to: if to.is_some() { span.to } else { span.to.saturating_add(7.days()) },
    })
}

/// Refuses whoever manages nothing and asks for the time of another person than themselves.
///
/// # Errors
/// [`Error::Forbidden`] for them.
pub fn expect_own_or_manager(scope: &Scope, person: &UserId) -> Result<()> {
    let lists = scope.member().value.projects.values().any(|role| role.covers(ProjectRole::Manager));
    if person == scope.person() || lists || scope.role() >= WorkspaceRole::Admin {
        return Ok(());
    }
    Err(Error::Forbidden("Only a manager reads the timesheets of others.".to_owned()))
}

/// Leaves in what a person logged what the caller may see: all of their own, and of others what was worked in projects
/// that the caller manages. Where `project` is given, only what was worked there.
pub fn keep_seen(scope: &Scope, person: &UserId, project: Option<&ProjectKey>, logged: &mut [LoggedDay]) {
    let own = person == scope.person();
    let manages = |project: &ProjectKey| scope.role_in(project).is_some_and(|role| role.covers(ProjectRole::Manager));
    for day in logged {
        day.tasks.retain(|task, _| {
            (own || manages(task.project())) && project.is_none_or(|project| project == task.project())
        });
    }
}
