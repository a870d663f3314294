//! Removing files.

use super::{BlobKey, Blobs, Discard};
use millrace_domain::{
    Result,
    id::{AttachmentId, TaskKey},
};
use millrace_store::{Scope, purge::Files, scope::Internal};

impl Blobs<Discard> {
    /// Removes objects, of which some may be gone already.
    ///
    /// # Errors
    /// [`Error::Internal`] where S3 does not answer.
    pub async fn discard(&self, keys: &[BlobKey]) -> Result<()> {
        futures::future::try_join_all(keys.iter().map(|key| self.delete(key))).await.map(drop)
    }
}

impl Files for Blobs<Discard> {
    async fn discard_files(&self, scope: &Scope<Internal>, task: &TaskKey, files: &[AttachmentId]) -> Result<()> {
        for file in files {
            let kinds = [BlobKey::file, BlobKey::thumbnail, BlobKey::upload];
            self.discard(&kinds.map(|kind| kind(scope, task, file))).await?;
        }
        Ok(())
    }
}
