//! projects-put-member

use crate::{list_members::seen_by, parts::feed::on_project};
use millrace_domain::{
    Error,
    event::{
        Changes, EventData,
        payload::{ProjectPart, ProjectUserAdded},
    },
    resource::ProjectMember,
    workspace::role::{ProjectRole, WorkspaceRole},
};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Result, Route, Table, Write};
use millrace_platform::path::ProjectMemberPath;
use millrace_store::{Scope, Stored, Transaction, workspace::Member};
use schemars::JsonSchema;
use serde::Deserialize;

/// The role to give to a person.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectMembership {
    /// The role. Owners and admins of the workspace are admins regardless.
    pub role: ProjectRole,
}

/// Adds a member of the workspace to a project, or changes their role in it.
#[derive(Clone, JsonSchema)]
pub struct PutProjectMember;

impl Endpoint for PutProjectMember {
    const ROUTE: Route =
        Route::put("projects-put-member", "/api/projects/{project}/members/{user_id}").needs(ProjectRole::Admin);
    type Uses = (Table<Write>,);
    type Path = ProjectMemberPath;
    type Query = Nothing;
    type Body = Json<ProjectMembership>;
    type Output = Json<ProjectMember>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, path, role) = (call.table(), &call.path, call.body.0.role);
        let (scope, member) = call.authorize(|scope| async move { table.member(&scope, &path.user_id).await }).await?;
        let seen = |member: &Member, viewer| {
            seen_by(viewer, member, &path.project).ok_or_else(|| Error::internal("a listed member is not seen"))
        };
        let former = member.value.projects.get(&path.project).copied();
        if former == Some(role) {
            return seen(&member.value, scope.role()).map(Json);
        }
        let mut changed = member.value.clone();
        changed.projects.insert(path.project.clone(), role);
        let mut change = change_of(&scope, &member);
        change.update(&member, &changed, None);
        let changes = Changes::of_field("role", &former, &Some(role))?;
        // Guests hear of events too, and see no addresses.
        let member = seen(&changed, WorkspaceRole::Guest)?;
        let event = match former {
            None => call
                .event(&scope, EventData::ProjectUserAdded(ProjectUserAdded { member }))
                .in_project(&path.project)
                .changing(changes),
            Some(_) => on_project(&call, &scope, &path.project, changes, ProjectPart::Member(member)),
        };
        change.event(&event);
        call.commit(change, Json(seen(&changed, scope.role())?)).await
    }
}

/// A write to a membership. If it is the caller's own, this write also checks that it is unchanged, since a transaction
/// can name an item only once.
pub(crate) fn change_of(scope: &Scope, member: &Stored<Member>) -> Transaction {
    if member.key == scope.member().key { Transaction::outside_workspaces() } else { Transaction::by(scope) }
}
