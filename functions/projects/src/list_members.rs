//! projects-list-members

use millrace_domain::{
    id::ProjectKey,
    resource::ProjectMember,
    workspace::role::{ProjectRole, WorkspaceRole},
};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, answer::List};
use millrace_platform::path::ProjectPath;
use millrace_store::workspace::Member;
use schemars::JsonSchema;

/// A workspace member as a project member, as seen by a reader with the role `viewer`; none for a member of the
/// workspace without a role in `project`.
pub(crate) fn seen_by(viewer: WorkspaceRole, member: &Member, project: &ProjectKey) -> Option<ProjectMember> {
    let takes_part = member.projects.contains_key(project) || member.role >= WorkspaceRole::Admin;
    let role = member.role_in(project).filter(|_| takes_part)?;
    Some(ProjectMember { user: member.person(viewer), role })
}

/// Lists the members of a project by name: those added to it, and the workspace's owners and admins.
///
/// Other members of the workspace can read every project and are not listed.
#[derive(Clone, JsonSchema)]
pub struct ListProjectMembers;

impl Endpoint for ListProjectMembers {
    const ROUTE: Route =
        Route::get("projects-list-members", "/api/projects/{project}/members").needs(ProjectRole::Viewer);
    type Uses = (Table<Read>,);
    type Path = ProjectPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<List<ProjectMember>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, project) = (call.table(), &call.path.project);
        let (scope, members) = call.authorize(|scope| async move { table.members(&scope).await }).await?;
        let shown = members.iter().filter_map(|member| seen_by(scope.role(), &member.value, project));
        let mut shown: Vec<_> = shown.collect();
        shown.sort_by_cached_key(|member| (member.user.name.to_lowercase(), member.user.id.clone()));
        Ok(Json(List::whole(shown)))
    }
}
