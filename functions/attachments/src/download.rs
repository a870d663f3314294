//! attachments-download

use millrace_endpoint::{
    Call, Endpoint, Nothing, ProjectRole, Read, Result, Route, Table,
    answer::Redirect,
    blobs::{Blobs, Served},
};
use millrace_platform::{
    blobs::{Show, key},
    path::AttachmentPath,
};
use schemars::JsonSchema;

/// Redirects (302) to a signed URL that is valid for ten minutes. With `Accept: application/json`, returns the URL in a
/// JSON body with status 200.
///
/// Images, PDF and plain text are displayed inline; everything else, including SVG and HTML, is downloaded.
#[derive(Clone, JsonSchema)]
pub struct DownloadAttachment;

impl Endpoint for DownloadAttachment {
    const ROUTE: Route =
        Route::get("attachments-download", "/api/tasks/{task}/attachments/{attachment_id}").needs(ProjectRole::Viewer);
    type Uses = (Table<Read>, Blobs<Show>);
    type Path = AttachmentPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Redirect;

    async fn handle(call: Call<Self>) -> Result<Redirect> {
        let (table, blobs): (&Table<Read>, &Blobs<Show>) = (call.table(), call.uses());
        let (path, now) = (&call.path, call.now);
        let read = |scope| async move {
            let file = table.attachment(&scope, &path.task, &path.attachment_id);
            futures::try_join!(table.task_fields(&scope, &path.task, now), file)
        };
        let (scope, (_, attachment)) = call.authorize(read).await?;
        let fields = &attachment.value.fields;
        let key = key::file(&scope, &path.task, &path.attachment_id);
        let url = blobs.address(&key, &Served::shown(&fields.name, &fields.content_type)).await?;
        Ok(Redirect { url, told: call.origin.accept.contains("application/json") })
    }
}
