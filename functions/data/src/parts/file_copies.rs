//! Attachments that an import copies from existing tasks to the tasks it creates.
//!
//! A copy starts like an upload and is attached in the transaction that creates or continues its task. A resumed import
//! copies to the same keys; an abandoned copy is found by its upload date and deleted by the clean-up job.

use crate::parts::delivery::Run;
use futures::{StreamExt, TryStreamExt, future::try_join_all, stream};
use millrace_domain::{
    Error,
    file::attachment::AttachmentFields,
    id::{ProjectKey, TaskKey, UserId},
    workspace::role::{Need, ProjectRole},
};
use millrace_endpoint::{Result, blobs::Arrived};
use millrace_import::files::{FilePlace, ImportedFile};
use millrace_platform::blobs::key;
use millrace_store::{Stored, Transaction, carried::NamedFile, import::ImportRecord};
use std::collections::{HashMap, HashSet};

/// The most files that a transaction attaches: they are copied at the same time, while the bucket's news of the first waits
/// for the last.
pub(crate) const FILES_AT_ONCE: usize = 16;
/// How many names one read looks for.
const NAMES_A_READ: usize = 33;
/// How many reads are under way at once.
const READS_AT_ONCE: usize = 16;

/// A file that comes along, as it lies in the bucket.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    named: NamedFile,
    found: Arrived,
}

impl Source {
    /// What is on its task.
    pub(crate) fn fields(&self) -> &AttachmentFields {
        &self.named.fields
    }
}

/// A file that is taken along.
#[derive(Debug, Clone)]
pub(crate) struct Carried {
    /// What it is copied from.
    pub source: Source,
    /// What it becomes.
    pub fields: AttachmentFields,
}

impl Run<'_> {
    /// Those of the files that are in the import's own workspace, on tasks that whoever imports may see.
    pub(crate) async fn look_for(
        &self,
        import: &ImportRecord,
        names: &[(FilePlace, &ImportedFile)],
    ) -> Result<HashMap<FilePlace, NamedFile>> {
        let now = self.now();
        let reads = names.chunks(NAMES_A_READ).map(|names| async move {
            let names: Vec<_> = names.iter().map(|(_, file)| (&file.task, &file.id)).collect();
            self.table.files_named(&self.scope, &names, now).await
        });
        let reads: Vec<_> = reads.collect();
        let found: Vec<Vec<Option<NamedFile>>> = stream::iter(reads).buffered(READS_AT_ONCE).try_collect().await?;
        let found =
            names.iter().zip(found.into_iter().flatten()).filter_map(|((place, _), file)| Some((*place, file?)));
        let mut found: HashMap<FilePlace, NamedFile> = found.collect();
        let projects: HashSet<ProjectKey> = found.values().map(|file| file.project.clone()).collect();
        let looks: Vec<_> = projects.into_iter().map(|project| self.seen(&import.by, project)).collect();
        let seen: Vec<Option<ProjectKey>> = stream::iter(looks).buffered(READS_AT_ONCE).try_collect().await?;
        let seen: HashSet<ProjectKey> = seen.into_iter().flatten().collect();
        found.retain(|_, file| seen.contains(&file.project));
        Ok(found)
    }

    /// The project, where `person` may see it at this moment: their roles are looked up as they are for a call of theirs.
    async fn seen(&self, person: &UserId, project: ProjectKey) -> Result<Option<ProjectKey>> {
        let scope = self.scope.on_behalf_of(person, Some(&project));
        match self.table.verify(scope, Need::Project(ProjectRole::Viewer), None, None).await {
            Ok(_) => Ok(Some(project)),
            Err(Error::Forbidden(_) | Error::NotFound(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The files that come along, each as it lies in the bucket; none where it lies not there as the table says.
    pub(crate) async fn sources(
        &self,
        import: &ImportRecord,
        names: &[(FilePlace, &ImportedFile)],
    ) -> Result<HashMap<FilePlace, Option<Source>>> {
        let mut found = self.look_for(import, names).await?;
        let all = names.iter().map(|(place, _)| {
            let named = found.remove(place);
            async move {
                let Some(named) = named else { return Ok((*place, None)) };
                let key = key::file(&self.scope, &named.home, &named.fields.id);
                let found = self.carrying.head(&key).await?.filter(|found| found.size == named.fields.size);
                Ok::<_, Error>((*place, found.map(|found| Source { named, found })))
            }
        });
        let all: Vec<_> = all.collect();
        Ok(try_join_all(all).await?.into_iter().collect())
    }

    /// Copies files to where the tasks that the import makes will have them.
    pub(crate) async fn carry(&self, import: &Stored<ImportRecord>, files: &[Carried]) -> Result<()> {
        if files.is_empty() {
            return Ok(());
        }
        let all: Vec<AttachmentFields> = files.iter().map(|file| file.fields.clone()).collect();
        let mut change = Transaction::internal(&self.scope);
        change.begin_carrying(&self.scope, import, &all, self.now());
        self.table.commit(change).await?;
        let file = |task: &TaskKey, fields: &AttachmentFields| key::file(&self.scope, task, &fields.id);
        let copies = files.iter().map(|Carried { source, fields }| {
            let (from, to) = (file(&source.named.home, &source.named.fields), file(&fields.task, fields));
            async move { self.carrying.copy(&from, &source.found, &to).await }
        });
        try_join_all(copies).await.map(drop)
    }
}
