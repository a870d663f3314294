//! Who may have which report. Asked when it is asked for, when it is made, and when it is fetched.

use millrace_domain::{
    Error, Result,
    report::{ReportKind, ReportRequest},
    workspace::role::ProjectRole,
};
use millrace_insight::sheet::expect_own_or_manager;
use millrace_store::Scope;

/// Refuses whoever may not see what the report shows.
///
/// # Errors
/// [`Error::NotFound`] where the project is not to be seen; [`Error::Forbidden`] where the time of others is.
pub(crate) fn check(scope: &Scope, request: &ReportRequest) -> Result<()> {
    let role = request.project().map(|project| scope.role_in(project).ok_or_else(|| Error::not_found("project")));
    let role = role.transpose()?;
    if request.kind != ReportKind::Time {
        return Ok(());
    }
    match (role, &request.user, &request.team) {
        (Some(role), ..) if role.covers(ProjectRole::Manager) => Ok(()),
        (Some(_), ..) => Err(Error::Forbidden("Only a manager reads the timesheets of others.".to_owned())),
        (None, Some(person), _) => expect_own_or_manager(scope, person),
        // What of each person's time is seen is decided for each of them.
        (None, None, _) => Ok(()),
    }
}
