//! projects-delete-label

use crate::parts::feed::on_project;
use millrace_domain::event::{Changes, payload::ProjectPart};
use millrace_endpoint::{Call, Endpoint, NoContent, Nothing, ProjectRole, Result, Route, Table, Write, call::to_value};
use millrace_platform::path::LabelPath;
use millrace_store::Transaction;
use schemars::JsonSchema;

/// Deletes a label. Tasks keep its id, which clients ignore because no list of labels contains it.
#[derive(Clone, JsonSchema)]
pub struct DeleteLabel;

impl Endpoint for DeleteLabel {
    const ROUTE: Route =
        Route::delete("projects-delete-label", "/api/projects/{project}/labels/{label_id}").needs(ProjectRole::Manager);
    type Uses = (Table<Write>,);
    type Path = LabelPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = NoContent;

    async fn handle(call: Call<Self>) -> Result<NoContent> {
        let (table, path) = (call.table(), &call.path);
        let (scope, label) =
            call.authorize(|scope| async move { table.label(&scope, &path.project, &path.label_id).await }).await?;
        call.expect_version(label.version, || to_value(&label.value.resource(label.version)))?;
        let mut change = Transaction::by(&scope);
        change.remove_label(&scope, &path.project, &label);
        let removed = ProjectPart::LabelRemoved(path.label_id.clone());
        change.event(&on_project(&call, &scope, &path.project, Changes::default(), removed));
        call.commit(change, NoContent).await
    }
}
