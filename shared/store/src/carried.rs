//! Attachments that an import copies from existing tasks to the tasks it creates.

use crate::{
    attachment::{AttachmentRecord, UploadRecord},
    core::{
        item::Stored,
        keys::{self, Key},
        scope::Scope,
        table::{Mode, Table},
        transaction::{Beside, Transaction},
    },
    import::ImportRecord,
    metrics::FileCount,
    task::TaskRecord,
    transfer::KeysRecord,
};
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    file::attachment::AttachmentFields,
    id::{AttachmentId, ProjectKey, TaskKey},
    task::transfer::TaskKeys,
};

/// A file that was found by the name of a task and its id.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedFile {
    /// The project that its task is in now: who may see that one may see the file.
    pub project: ProjectKey,
    /// The key under which it stands.
    pub home: TaskKey,
    /// The file.
    pub fields: AttachmentFields,
}

impl<M: Mode> Table<M> {
    /// The files that are called so, in this order, each by any key of a task that is there, live or archived, and by its
    /// id on that task; none where there is none. Two round trips for up to 33 of them; no read where none is named.
    ///
    /// # Errors
    /// As every read.
    pub async fn files_named<S>(
        &self,
        scope: &Scope<S>,
        names: &[(&TaskKey, &AttachmentId)],
        now: Timestamp,
    ) -> Result<Vec<Option<NamedFile>>> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let workspace = scope.workspace();
        let found = self.batch(names.iter().map(|(task, _)| keys::transferred(workspace, task)).collect()).await?;
        let mut tasks = Vec::with_capacity(names.len());
        for (task, _) in names {
            let moved = found.get::<KeysRecord>(&keys::transferred(workspace, task))?.map(|moved| moved.value.keys);
            tasks.push(moved.unwrap_or_else(|| TaskKeys { key: (*task).clone(), former: Vec::new() }));
        }
        let places = tasks.iter().zip(names).map(|(task, (_, id))| {
            let [live, archived] = [keys::card, keys::archived_card].map(|card| card(workspace, &task.key));
            [live, archived, keys::attachment(workspace, task.home(), id)]
        });
        let places: Vec<[Key; 3]> = places.collect();
        let found = self.batch(places.iter().flatten().cloned().collect()).await?;
        let mut files = Vec::with_capacity(names.len());
        for (task, [live, archived, file]) in tasks.into_iter().zip(&places) {
            let live = found.get::<TaskRecord>(live)?;
            let card = if live.is_some() { live } else { found.get(archived)? };
            let kept = card.is_some_and(|card| !card.value.fields.is_gone(now));
            let file = found.get::<AttachmentRecord>(file)?.filter(|_| kept);
            files.push(file.map(|file| NamedFile {
                project: task.key.project().clone(),
                home: task.home().clone(),
                fields: file.value.fields,
            }));
        }
        Ok(files)
    }
}

impl Transaction {
    /// Files are to come to the tasks of an import, if nobody took it further since it was read. What never comes is found
    /// by its day, and cleared up; what was begun before is begun anew.
    pub fn begin_carrying<S>(
        &mut self,
        scope: &Scope<S>,
        import: &Stored<ImportRecord>,
        files: &[AttachmentFields],
        now: Timestamp,
    ) {
        self.check_version(&import.key, import.version, || Error::Raced);
        for fields in files {
            let record = UploadRecord { fields: AttachmentFields { created_at: now, ..fields.clone() } };
            let key = keys::upload(scope.workspace(), &fields.task, &fields.id);
            self.put(&key, &record, record.beside(scope));
        }
    }

    /// The files that were begun so have come, and are on their tasks. What their tasks count is for whoever writes those.
    pub fn carry<S>(&mut self, scope: &Scope<S>, files: &[AttachmentFields]) {
        for fields in files {
            let upload = keys::upload(scope.workspace(), &fields.task, &fields.id);
            self.delete_version(&upload, 1);
            let key = keys::attachment(scope.workspace(), &fields.task, &fields.id);
            self.put_new(&key, &AttachmentRecord { fields: fields.clone() }, Beside::default(), || Error::Raced);
        }
        let come = files.iter().map(|fields| (fields.id.as_str(), FileCount::In { bytes: fields.size }));
        self.count_stored(scope, come);
    }
}
