//! attachments-complete

use crate::parts::lookup::{in_event, on_attachment};
use millrace_domain::{
    Error,
    event::EventData,
    file::{
        attachment::{Attachment, AttachmentFields},
        media::{self, TELLING},
    },
};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Write,
    blobs::{BlobKey, Blobs},
};
use millrace_platform::{
    blobs::{Take, key},
    path::AttachmentPath,
};
use millrace_store::{Scope, Stored, Transaction, attachment::UploadRecord, task::Counter};
use schemars::JsonSchema;

/// Attaches an uploaded file to its task. Checks the size and detects the type from the first bytes.
///
/// Returns 422 for executables and for files declared as images that are not; such a file is deleted. Returns 409 if
/// nothing was uploaded yet. A repeated call returns the same file.
#[derive(Clone, JsonSchema)]
pub struct CompleteAttachment;

impl Endpoint for CompleteAttachment {
    const ROUTE: Route = Route::post("attachments-complete", "/api/tasks/{task}/attachments/{attachment_id}/complete")
        .needs(ProjectRole::Developer)
        .timeout(30);
    type Uses = (Table<Write>, Blobs<Take>);
    type Path = AttachmentPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<Attachment>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, blobs): (&Table<Write>, &Blobs<Take>) = (call.table(), call.uses());
        let (path, now) = (&call.path, call.now);
        let read = |scope| async move {
            let file = table.attachment_or_upload(&scope, &path.task, &path.attachment_id);
            futures::try_join!(table.task_fields(&scope, &path.task, now), file)
        };
        let (scope, (task, (attached, upload))) = call.authorize(read).await?;
        if let Some(attached) = attached {
            return Ok(Json(attached.value.fields.resource(None)));
        }
        let begun =
            upload.filter(|upload| upload.value.fields.by == *scope.person() && upload.value.expires_at() > now);
        let upload = begun.ok_or_else(|| Error::not_found("upload"))?;
        let task = &task.value.fields;
        task.check_live()?;
        let begun = &upload.value.fields;
        let (from, to) =
            (key::upload(&scope, &path.task, &path.attachment_id), key::file(&scope, &path.task, &path.attachment_id));
        let arrived = blobs.head(&from).await?;
        let arrived = arrived.ok_or_else(|| Error::conflict("The file has not arrived. Send it first."))?;
        let beginning = blobs.beginning(&from, TELLING).await?;
        let settled = if arrived.size == begun.size {
            media::settle(&begun.content_type, &beginning)
        } else {
            Err(Error::field("size", format!("is {} bytes, and {} were announced", arrived.size, begun.size)))
        };
        let content_type = match settled {
            Ok(content_type) => content_type,
            Err(refused) => {
                forget(table, &scope, &upload).await?;
                drop_upload(blobs, &from).await;
                return Err(refused);
            }
        };
        let fields = AttachmentFields { content_type, created_at: now, ..begun.clone() };
        blobs.copy(&from, &arrived, &to).await?;

        let mut change = Transaction::by(&scope);
        change.attach(&scope, &upload, &fields);
        change.count(&scope, &path.task, Counter::Attachments, 1);
        let added = EventData::AttachmentAdded(in_event(&fields));
        change.event(&on_attachment(&call, &scope, task, added));
        let answer = call.commit(change, Json(fields.resource(None))).await?;
        drop_upload(blobs, &from).await;
        Ok(answer)
    }
}

/// Lets go of what was sent. What stays is gone in a day.
async fn drop_upload(blobs: &Blobs<Take>, key: &BlobKey) {
    if let Err(error) = blobs.remove(key).await {
        tracing::warn!(key = key.as_str(), cause = ?error, "an upload stays until it expires");
    }
}

async fn forget(table: &Table<Write>, scope: &Scope, upload: &Stored<UploadRecord>) -> Result<()> {
    let mut change = Transaction::by(scope);
    change.delete(upload);
    table.commit(change).await
}
