//! tasks-remove-link

use millrace_domain::task::link::Link;
use millrace_endpoint::{Call, Endpoint, NoContent, Nothing, ProjectRole, Result, Route, Table, Write};
use millrace_platform::path::TaskLinkPath;
use millrace_task_changes::{LinkStep, Linking, TaskWriter};
use schemars::JsonSchema;

/// Removes a link at both ends. Idempotent.
#[derive(Clone, JsonSchema)]
pub struct RemoveLink;

impl Endpoint for RemoveLink {
    const ROUTE: Route =
        Route::delete("tasks-remove-link", "/api/tasks/{task}/links/{link_id}").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = TaskLinkPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = NoContent;

    async fn handle(call: Call<Self>) -> Result<NoContent> {
        let (table, path) = (call.table(), &call.path);
        let link =
            || Link { task: path.task.clone(), relation: path.link_id.relation(), other: path.link_id.other().clone() };
        let (scope, linking) =
            call.authorize(|scope| async move { Linking::read(table, &scope, link()).await }).await?;
        linking.expect_visible(&scope)?;
        if linking.there.is_none() {
            linking.expect_unmoved(table, &scope).await?;
            return Ok(NoContent);
        }
        call.commit(TaskWriter::by(&scope, call.now).link(&linking, LinkStep::Remove)?, NoContent).await
    }
}
