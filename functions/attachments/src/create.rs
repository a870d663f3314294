//! attachments-create

use millrace_domain::{
    file::{
        attachment::{AttachmentFields, FileName, LARGEST_FILE, UPLOAD_WITHIN, check_size},
        media::MediaType,
    },
    id::AttachmentId,
};
use millrace_endpoint::{
    Call, Created, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Write,
    blobs::{Blobs, UploadForm},
};
use millrace_platform::{
    blobs::{Receive, key},
    path::TaskPath,
};
use millrace_store::Transaction;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A file to attach.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAttachment {
    /// The file name, without a path.
    pub name: FileName,
    /// The size in bytes: at most 100 MB (104857600).
    pub size: u64,
    /// The content type declared by the sender. The stored type is detected from the content.
    pub content_type: MediaType,
}

/// How to upload a file.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct NewUpload {
    /// The id of the future attachment.
    pub id: AttachmentId,
    /// The form to post.
    pub upload: UploadForm,
}

/// Starts the upload of a file. Returns a signed form with which the browser posts the file directly to the bucket.
///
/// The form accepts exactly the given size and type and expires after an hour. Call attachments-complete to attach the
/// file. An upload that is not completed within a day is deleted and counts towards no limit.
#[derive(Clone, JsonSchema)]
pub struct CreateAttachment;

impl Endpoint for CreateAttachment {
    const ROUTE: Route =
        Route::post("attachments-create", "/api/tasks/{task}/attachments").needs(ProjectRole::Developer);
    type Uses = (Table<Write>, Blobs<Receive>);
    type Path = TaskPath;
    type Query = Nothing;
    type Body = Json<NewAttachment>;
    type Output = Created<NewUpload>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, blobs): (&Table<Write>, &Blobs<Receive>) = (call.table(), call.uses());
        let (key, sent, now) = (&call.path.task, &call.body.0, call.now);
        let read = |scope| async move { table.task_fields(&scope, key, now).await };
        let (scope, task) = call.authorize(read).await?;
        check_size(sent.size, LARGEST_FILE)?;
        task.value.fields.check_live()?;
        let fields = AttachmentFields {
            id: AttachmentId::at(now),
            task: key.clone(),
            name: sent.name.clone(),
            size: sent.size,
            content_type: sent.content_type.clone(),
            by: scope.person().clone(),
            created_at: now,
            scanned_at: None,
            thumbnail: None,
        };
        let blob = key::upload(&scope, key, &fields.id);
        let upload = blobs.form(&blob, &fields.content_type, fields.size, UPLOAD_WITHIN.unsigned_abs()).await?;

        let mut change = Transaction::by(&scope);
        change.begin_upload(&scope, &fields);
        change.check_task(&scope, key, || millrace_domain::Error::Raced);
        call.commit(change, Created(NewUpload { id: fields.id, upload })).await
    }
}
