//! projects-list

use millrace_domain::resource::Project;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole, answer::List};
use schemars::JsonSchema;

/// Lists the projects that the caller can see, ordered by key, with the caller's role in each.
#[derive(Clone, JsonSchema)]
pub struct ListProjects;

impl Endpoint for ListProjects {
    const ROUTE: Route = Route::get("projects-list", "/api/projects").in_workspace(WorkspaceRole::Guest);
    type Uses = (Table<Read>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<List<Project>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let table = call.table();
        let (scope, projects) = call.authorize(|scope| async move { table.projects(&scope).await }).await?;
        let seen = projects.iter().filter_map(|project| {
            let role = scope.role_in(&project.value.key)?;
            Some(project.value.resource(project.version, role))
        });
        Ok(Json(List::whole(seen.collect())))
    }
}
