//! Who may have which report. Checked when it is requested, generated and downloaded.

use millrace_domain::{
    Error, Result,
    report::{ReportKind, ReportRequest},
    workspace::role::ProjectRole,
};
use millrace_insight::sheet::expect_own_or_manager;
use millrace_store::Scope;

/// Refuses people who cannot see the report's content.
///
/// # Errors
/// [`Error::NotFound`] if the project is not visible; [`Error::Forbidden`] if other people's time is not.
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
