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

/// A file that is to be attached.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAttachment {
    /// What it is called: a name, and no path.
    pub name: FileName,
    /// How many bytes it has: at most 100 MB (104857600).
    pub size: u64,
    /// What its sender takes it for. What it is is told by its content.
    pub content_type: MediaType,
}

/// How a file is to be sent.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct NewUpload {
    /// The id that the file will have.
    pub id: AttachmentId,
    /// The form by which it is sent.
    pub upload: UploadForm,
}

/// Begins the upload of a file: answers a signed form, by which the browser posts the file straight to the bucket.
///
/// The form takes exactly the size and the type that were given here, and is good for an hour. The file is attached
/// once attachments-complete was called; what is not completed within a day is forgotten, and counts nowhere.
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
