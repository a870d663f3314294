//! projects-get

use millrace_domain::resource::Project;
use millrace_endpoint::{Call, Endpoint, Nothing, ProjectRole, Read, Result, Route, Table, Tagged};
use millrace_platform::path::ProjectPath;
use schemars::JsonSchema;

/// Returns a project and the caller's role in it.
#[derive(Clone, JsonSchema)]
pub struct GetProject;

impl Endpoint for GetProject {
    const ROUTE: Route = Route::get("projects-get", "/api/projects/{project}").needs(ProjectRole::Viewer);
    type Uses = (Table<Read>,);
    type Path = ProjectPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Tagged<Project>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, key) = (call.table(), &call.path.project);
        let (scope, project) = call.authorize(|scope| async move { table.project(&scope, key).await }).await?;
        Ok(Tagged(project.value.resource(project.version, scope.project_role())))
    }
}
