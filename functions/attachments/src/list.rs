//! attachments-list

use millrace_domain::file::attachment::Attachment;
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table, answer::List, blobs::Blobs,
};
use millrace_platform::{
    blobs::{Show, key},
    path::TaskPath,
};
use schemars::JsonSchema;
use serde::Deserialize;

/// Pagination of the files.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct AttachmentsQuery {
    /// The page size: 1 to 100. Defaults to 50.
    pub limit: Option<u8>,
    /// The cursor: `next` of the previous page.
    pub cursor: Option<String>,
}

/// Lists a task's attachments, oldest first. Uploads that were not completed are not listed.
///
/// Thumbnail URLs are signed and valid for ten minutes.
#[derive(Clone, JsonSchema)]
pub struct ListAttachments;

impl Endpoint for ListAttachments {
    const ROUTE: Route = Route::get("attachments-list", "/api/tasks/{task}/attachments").needs(ProjectRole::Viewer);
    type Uses = (Table<Read>, Blobs<Show>);
    type Path = TaskPath;
    type Query = AttachmentsQuery;
    type Body = Nothing;
    type Output = Json<List<Attachment>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let part = &call.part(call.query.limit, call.query.cursor.as_ref())?;
        let (table, blobs): (&Table<Read>, &Blobs<Show>) = (call.table(), call.uses());
        let (task, now) = (&call.path.task, call.now);
        let read = |scope| async move {
            futures::try_join!(table.task_fields(&scope, task, now), table.attachments(&scope, task, part))
        };
        let (scope, (_, page)) = call.authorize(read).await?;
        let scope = &scope;
        let items = page.items.iter().map(|attachment| async move {
            let fields = &attachment.value.fields;
            let url = match fields.thumbnail {
                Some(_) => Some(blobs.same_address(&key::thumbnail(scope, task, &fields.id)).await?),
                None => None,
            };
            Ok(fields.resource(url))
        });
        let items = futures::future::join_all(items).await.into_iter().collect::<Result<_>>()?;
        Ok(Json(List { items, next: page.next }))
    }
}
