//! Files on tasks, and uploads that were begun.

use crate::{
    core::{
        cursor::Page,
        item::{Entity, Stored},
        keys,
        scope::Scope,
        table::{Mode, Part, Table},
        transaction::{Beside, Due, Transaction},
    },
    metrics::FileCount,
};
use jiff::{SignedDuration, Timestamp};
use millrace_domain::{
    Error, Result,
    file::attachment::{AttachmentFields, COMPLETE_WITHIN},
    id::{AttachmentId, TaskKey},
};
use serde::{Deserialize, Serialize};

/// An attachment of a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AttachmentRecord {
    /// Its fields.
    pub fields: AttachmentFields,
}

impl Entity for AttachmentRecord {
    const WHAT: &'static str = "attachment";
}

/// A file that is to arrive: it counts nowhere until it was completed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UploadRecord {
    /// Its fields.
    pub fields: AttachmentFields,
}

impl Entity for UploadRecord {
    const WHAT: &'static str = "upload";
}

impl UploadRecord {
    /// Until when it can be completed.
    pub fn expires_at(&self) -> Timestamp {
        self.fields.created_at + COMPLETE_WITHIN
    }

    /// Where a job finds it if it is not completed, and when the table may forget it.
    pub(crate) fn beside<S>(&self, scope: &Scope<S>) -> Beside {
        let AttachmentFields { id, task, .. } = &self.fields;
        let due = Due::At(keys::due_upload(scope.workspace(), scope.home(task), id, self.expires_at()));
        Beside { due, expires: Some(self.expires_at() + REMEMBERED), ..Beside::default() }
    }
}

/// How long the table remembers an upload that was not completed: the job that clears up has to find it meanwhile.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(30 * 24);

impl<M: Mode> Table<M> {
    /// A part of a task's files, oldest first.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a cursor that is not of this list.
    pub async fn attachments<S>(
        &self,
        scope: &Scope<S>,
        task: &TaskKey,
        part: &Part,
    ) -> Result<Page<Stored<AttachmentRecord>>> {
        self.page(&keys::attachments(scope.workspace(), scope.home(task)), part).await
    }

    /// One file of a task.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn attachment<S>(
        &self,
        scope: &Scope<S>,
        task: &TaskKey,
        attachment: &AttachmentId,
    ) -> Result<Stored<AttachmentRecord>> {
        let found = self.get(&keys::attachment(scope.workspace(), scope.home(task), attachment)).await?;
        found.ok_or_else(|| Error::not_found("file"))
    }

    /// One file of a task, as it is attached or as it is on its way there: at most one of both.
    ///
    /// # Errors
    /// As every read.
    pub async fn attachment_or_upload<S>(
        &self,
        scope: &Scope<S>,
        task: &TaskKey,
        attachment: &AttachmentId,
    ) -> Result<(Option<Stored<AttachmentRecord>>, Option<Stored<UploadRecord>>)> {
        let attached = keys::attachment(scope.workspace(), scope.home(task), attachment);
        let upload = keys::upload(scope.workspace(), scope.home(task), attachment);
        let found = self.batch(vec![attached.clone(), upload.clone()]).await?;
        Ok((found.get(&attached)?, found.get(&upload)?))
    }
}

impl Transaction {
    /// A file is to arrive. What never does is found by its day, and cleared up.
    pub fn begin_upload<S>(&mut self, scope: &Scope<S>, fields: &AttachmentFields) {
        let record = UploadRecord { fields: fields.clone() };
        let key = keys::upload(scope.workspace(), scope.home(&fields.task), &fields.id);
        self.put_new(&key, &record, record.beside(scope), || Error::Raced);
    }

    /// The file has arrived: it is attached as `fields` say.
    pub fn attach<S>(&mut self, scope: &Scope<S>, upload: &Stored<UploadRecord>, fields: &AttachmentFields) {
        self.delete(upload);
        let key = keys::attachment(scope.workspace(), scope.home(&fields.task), &fields.id);
        self.put_new(&key, &AttachmentRecord { fields: fields.clone() }, Beside::default(), || Error::Raced);
        self.count_storage(scope, &fields.id.to_string(), FileCount::In { bytes: fields.size });
    }

    /// The file goes off its task.
    pub fn detach<S>(&mut self, scope: &Scope<S>, stored: &Stored<AttachmentRecord>) {
        self.delete(stored);
        let fields = &stored.value.fields;
        self.count_storage(scope, &fields.id.to_string(), FileCount::Out { bytes: fields.size });
    }

    /// The file was looked at.
    pub fn update_attachment(&mut self, stored: &Stored<AttachmentRecord>, fields: &AttachmentFields) -> u64 {
        self.update(stored, &AttachmentRecord { fields: fields.clone() }, None)
    }
}
