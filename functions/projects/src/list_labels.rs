//! projects-list-labels

use millrace_domain::resource::Label;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table, answer::List};
use millrace_platform::path::ProjectPath;
use schemars::JsonSchema;

/// Lists the labels of a project, ordered by name.
#[derive(Clone, JsonSchema)]
pub struct ListLabels;

impl Endpoint for ListLabels {
    const ROUTE: Route =
        Route::get("projects-list-labels", "/api/projects/{project}/labels").needs(ProjectRole::Viewer);
    type Uses = (Table<Read>,);
    type Path = ProjectPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<List<Label>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, project) = (call.table(), &call.path.project);
        let (_, labels) = call.authorize(|scope| async move { table.labels(&scope, project).await }).await?;
        let mut labels: Vec<_> = labels.iter().map(|label| label.value.resource(label.version)).collect();
        labels.sort_by_cached_key(|label| (label.name.to_lowercase(), label.id.clone()));
        Ok(Json(List::whole(labels)))
    }
}
