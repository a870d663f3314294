//! `DELETE /api/workspaces/{workspace_id}`

use crate::Workspace;
use millrace_endpoint::{
    Call, Endpoint, NoContent, Nothing, Result, Route, Table, WorkspaceRole, Write, call::to_value,
};
use millrace_platform::path::WorkspacePath;
use millrace_store::{Transaction, workspace::WorkspaceRecord};
use schemars::JsonSchema;

/// Deletes a workspace. It becomes invisible and its tokens become invalid at once. Its slug stays reserved, so that
/// nobody takes over a known URL.
#[derive(Clone, JsonSchema)]
pub struct DeleteWorkspace;

impl Endpoint for DeleteWorkspace {
    const ROUTE: Route =
        Route::delete("workspaces-delete", "/api/workspaces/{workspace_id}").in_workspace(WorkspaceRole::Owner);
    type Uses = (Table<Write>,);
    type Path = WorkspacePath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = NoContent;

    async fn handle(call: Call<Self>) -> Result<NoContent> {
        let table: &Table<Write> = call.table();
        let (scope, stored) = call.authorize(|scope| async move { table.workspace(&scope).await }).await?;
        call.expect_version(stored.version, || to_value(&Workspace::new(&stored.value, stored.version, scope.role())))?;
        let mut change = Transaction::by(&scope);
        let deleted = WorkspaceRecord { deleted_at: Some(call.now), updated_at: call.now, ..stored.value.clone() };
        change.delete_workspace(&stored, &deleted);
        call.commit(change, NoContent).await
    }
}
