//! projects-remove-member

use crate::{parts::feed::on_project, put_member::change_of};
use millrace_domain::{
    Error,
    event::{Changes, payload::ProjectPart},
    workspace::role::ProjectRole,
};
use millrace_endpoint::{Call, Endpoint, NoContent, Nothing, Result, Route, Table, Write};
use millrace_platform::path::ProjectMemberPath;
use schemars::JsonSchema;

/// Removes a person from a project. Members of the workspace can still read it; guests lose access.
#[derive(Clone, JsonSchema)]
pub struct RemoveProjectMember;

impl Endpoint for RemoveProjectMember {
    const ROUTE: Route =
        Route::delete("projects-remove-member", "/api/projects/{project}/members/{user_id}").needs(ProjectRole::Admin);
    type Uses = (Table<Write>,);
    type Path = ProjectMemberPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = NoContent;

    async fn handle(call: Call<Self>) -> Result<NoContent> {
        let (table, path) = (call.table(), &call.path);
        let (scope, member) = call.authorize(|scope| async move { table.member(&scope, &path.user_id).await }).await?;
        let mut changed = member.value.clone();
        let former = changed.projects.remove(&path.project);
        let former = former.ok_or_else(|| Error::NotFound("The project does not list this person.".to_owned()))?;
        let mut change = change_of(&scope, &member);
        change.update(&member, &changed, None);
        let changes = Changes::of_field("role", &Some(former), &None)?;
        let removed = ProjectPart::MemberRemoved(path.user_id.clone());
        change.event(&on_project(&call, &scope, &path.project, changes, removed));
        call.commit(change, NoContent).await
    }
}
