//! `GET /api/workspaces`

use crate::Workspace;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, answer::List};
use schemars::JsonSchema;

/// Lists the caller's workspaces, ordered by name.
#[derive(Clone, JsonSchema)]
pub struct ListWorkspaces;

impl Endpoint for ListWorkspaces {
    const ROUTE: Route = Route::get("workspaces-list", "/api/workspaces").signed_in();
    type Uses = (Table<Read>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<List<Workspace>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let memberships = call.table().memberships(call.person()?).await?;
        let own = memberships.iter().map(|one| {
            let (workspace, role) = (&one.workspace, one.member.value.role);
            Workspace::new(&workspace.value, workspace.version, role)
        });
        Ok(Json(List::whole(own.collect())))
    }
}
