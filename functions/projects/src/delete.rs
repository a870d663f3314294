//! projects-delete

use crate::parts::feed::on_project;
use millrace_domain::event::{Changes, payload::ProjectPart};
use millrace_endpoint::{Call, Endpoint, NoContent, Nothing, ProjectRole, Result, Route, Table, Write, call::to_value};
use millrace_platform::path::ProjectPath;
use millrace_store::Transaction;
use schemars::JsonSchema;

/// Deletes a project. It and everything in it become invisible at once. Its key stays reserved.
#[derive(Clone, JsonSchema)]
pub struct DeleteProject;

impl Endpoint for DeleteProject {
    const ROUTE: Route = Route::delete("projects-delete", "/api/projects/{project}").needs(ProjectRole::Admin);
    type Uses = (Table<Write>,);
    type Path = ProjectPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = NoContent;

    async fn handle(call: Call<Self>) -> Result<NoContent> {
        let (table, key) = (call.table(), &call.path.project);
        let (scope, project) = call.authorize(|scope| async move { table.project(&scope, key).await }).await?;
        let role = scope.project_role();
        call.expect_version(project.version, || to_value(&project.value.resource(project.version, role)))?;
        let mut deleted = project.value.clone();
        deleted.deleted_at = Some(call.now);
        deleted.updated_at = call.now;
        let mut change = Transaction::by(&scope);
        change.delete_project(&scope, &project, &deleted);
        let removed = ProjectPart::ProjectRemoved(true);
        change.event(&on_project(&call, &scope, key, Changes::default(), removed));
        call.commit(change, NoContent).await
    }
}
