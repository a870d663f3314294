//! attachments-remove

use crate::parts::lookup::{in_event, on_attachment};
use millrace_domain::{Error, event::EventData};
use millrace_endpoint::{Call, Endpoint, NoContent, Nothing, ProjectRole, Result, Route, Table, Write, blobs::Blobs};
use millrace_platform::{
    blobs::{Discard, key},
    path::AttachmentPath,
};
use millrace_store::{Transaction, task::Counter};
use schemars::JsonSchema;

/// Removes a file from a task and from the bucket. Also cancels the caller's own uncompleted upload.
#[derive(Clone, JsonSchema)]
pub struct RemoveAttachment;

impl Endpoint for RemoveAttachment {
    const ROUTE: Route = Route::delete("attachments-remove", "/api/tasks/{task}/attachments/{attachment_id}")
        .needs(ProjectRole::Developer);
    type Uses = (Table<Write>, Blobs<Discard>);
    type Path = AttachmentPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = NoContent;

    async fn handle(call: Call<Self>) -> Result<NoContent> {
        let (table, blobs): (&Table<Write>, &Blobs<Discard>) = (call.table(), call.uses());
        let (path, now) = (&call.path, call.now);
        let read = |scope| async move {
            let file = table.attachment_or_upload(&scope, &path.task, &path.attachment_id);
            futures::try_join!(table.task_fields(&scope, &path.task, now), file)
        };
        let (scope, (task, found)) = call.authorize(read).await?;
        let task = &task.value.fields;
        let mut change = Transaction::by(&scope);
        match found {
            (Some(attached), _) => {
                task.check_live()?;
                change.detach(&scope, &attached);
                change.count(&scope, &path.task, Counter::Attachments, -1);
                let removed = EventData::AttachmentRemoved(in_event(&attached.value.fields));
                change.event(&on_attachment(&call, &scope, task, removed));
            }
            (None, Some(upload)) if upload.value.fields.by == *scope.person() => change.delete(&upload),
            (None, _) => return Err(Error::not_found("file")),
        }
        call.commit(change, NoContent).await?;
        let keys = [key::file, key::thumbnail, key::upload];
        let keys = keys.map(|key| key(&scope, &path.task, &path.attachment_id));
        if let Err(error) = blobs.remove_all(&keys).await {
            // Nobody reaches it any more: that it still takes room is nothing to refuse the removal for.
            tracing::error!(cause = ?error, task = %path.task, file = %path.attachment_id, "a removed file stays in the bucket");
        }
        Ok(NoContent)
    }
}
