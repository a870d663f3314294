//! Whose logged time a person can see, and the days to read for a timesheet.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use millrace_domain::{
    Error, Result,
    id::{ProjectKey, UserId},
    time::timesheet::{LoggedDay, Span},
    workspace::role::{ProjectRole, WorkspaceRole},
};
use millrace_store::Scope;

/// The days to read for a timesheet before the workspace's current date is known: a week more at each end that was not
/// given.
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

/// Refuses callers who manage no project and request another person's time.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn expect_own_or_manager(scope: &Scope, person: &UserId) -> Result<()> {
    let lists = scope.member().value.projects.values().any(|role| role.covers(ProjectRole::Manager));
    if person == scope.person() || lists || scope.role() >= WorkspaceRole::Admin {
        return Ok(());
    }
    Err(Error::Forbidden("Only a manager reads the timesheets of others.".to_owned()))
}

/// Filters a person's logs to those the caller can see: all of their own, and of others those in projects that the
/// caller manages. With `project`, only logs in that project.
pub fn keep_seen(scope: &Scope, person: &UserId, project: Option<&ProjectKey>, logged: &mut [LoggedDay]) {
    let own = person == scope.person();
    let manages = |project: &ProjectKey| scope.role_in(project).is_some_and(|role| role.covers(ProjectRole::Manager));
    for day in logged {
        day.tasks.retain(|task, _| {
            (own || manages(task.project())) && project.is_none_or(|project| project == task.project())
        });
    }
}
