//! The bucket of files: what is where, and what functions may do with it.
//!
//! What an object's key begins with says what it is, and who may touch it:
//!
//! | prefix | what is in it | kept |
//! |---|---|---|
//! | `uploads/<workspace>/<task>/<attachment>` | what browsers send, until it was looked at | a day |
//! | `files/<workspace>/<task>/<attachment>` | files on tasks; no signature lets anybody write here | until removed |
//! | `thumbnails/<workspace>/<task>/<attachment>` | their thumbnails | until removed |
//! | `portraits/<person>/<upload>` | pictures of people as they were sent | a day |
//! | `imports/<workspace>/<import>` | files that are imported, as they were sent | a week |
//! | `imports/<workspace>/<import>.problems.csv` | what is wrong with them | a week |
//! | `exports/<workspace>/<random id>` | projects as files | a week |
//! | `avatars/<id>.webp` | pictures of people as they are shown, for everybody who knows the id | until replaced |
//! | `reports/<workspace>/<report>` | reports that people asked for | a month |

pub mod key;
pub mod new_object;

use millrace_domain::{
    Result,
    id::{AttachmentId, TaskKey},
};
use millrace_endpoint::{
    Capability, Grant, Platform, Resource,
    blobs::{BlobMode, Blobs, Copies, Looks, Puts, Receives, Removes, Shows},
};
use millrace_store::{Scope, purge::Files, scope::Internal};
use std::sync::Arc;

/// What browsers send, until it was looked at.
pub const UPLOADS: &str = "uploads/";
/// Files on tasks.
pub const FILES: &str = "files/";
/// Their thumbnails.
pub const THUMBNAILS: &str = "thumbnails/";
/// Pictures of people as they were sent.
pub const PORTRAITS: &str = "portraits/";
/// Pictures of people as they are shown.
pub const AVATARS: &str = "avatars/";
/// Reports that people asked for.
pub const REPORTS: &str = "reports/";
/// Files that are imported.
pub const IMPORTS: &str = "imports/";
/// Projects as files.
pub const EXPORTS: &str = "exports/";
/// What is kept for a week.
pub const KEPT_A_WEEK: &[&str] = &[IMPORTS, EXPORTS];
/// What is kept for a day alone.
pub const PASSING: &[&str] = &[UPLOADS, PORTRAITS];
/// Where a new object is told to the queue of what is to be looked at.
pub const SCANNED: &[&str] = &[FILES, PORTRAITS];

macro_rules! modes {
    ($($(#[doc = $doc:literal])+ $name:ident($($may:ident),+): $($actions:expr => $prefix:expr),+;)+) => {
        $($(#[doc = $doc])+
        #[derive(Debug, Clone, Copy)]
        pub struct $name;
        impl BlobMode for $name {
            const GRANTS: &'static [Grant] = &[$(Grant { actions: $actions, resource: Resource::Blobs($prefix) }),+];
        }
        $(impl $may for $name {})+)+
    };
}

modes! {
    /// Signs forms by which browsers send files.
    Receive(Receives): &["s3:PutObject"] => UPLOADS, &["s3:PutObject"] => PORTRAITS;
    /// Looks at what has arrived, and takes it to where no browser writes.
    Take(Looks, Copies, Removes):
        // Without leave to list, S3 answers 403 for what is not there.
        &["s3:ListBucket"] => "",
        &["s3:DeleteObject", "s3:GetObject"] => UPLOADS,
        &["s3:PutObject"] => FILES;
    /// Signs addresses by which browsers fetch files.
    Show(Shows): &["s3:GetObject"] => FILES, &["s3:GetObject"] => THUMBNAILS;
    /// Looks at files again, and makes small pictures of them.
    Scan(Looks, Puts, Removes):
        &["s3:ListBucket"] => "",
        &["s3:DeleteObject", "s3:GetObject"] => FILES,
        &["s3:DeleteObject", "s3:GetObject"] => PORTRAITS,
        &["s3:PutObject"] => THUMBNAILS,
        &["s3:DeleteObject", "s3:PutObject"] => AVATARS;
    /// Keeps reports.
    Report(Puts): &["s3:PutObject"] => REPORTS;
    /// Signs addresses by which browsers fetch reports.
    HandOut(Shows): &["s3:GetObject"] => REPORTS;
    /// Removes files.
    Discard(Removes): &["s3:DeleteObject"] => UPLOADS, &["s3:DeleteObject"] => FILES, &["s3:DeleteObject"] => THUMBNAILS;
    /// Signs forms by which browsers send files to be imported, and sees whether one has arrived.
    ReceiveImport(Receives, Looks):
        // Without leave to list, S3 answers 403 for what is not there.
        &["s3:ListBucket"] => "",
        &["s3:GetObject", "s3:PutObject"] => IMPORTS;
    /// Reads files that are imported.
    ReadImport(Looks): &["s3:ListBucket"] => "", &["s3:GetObject"] => IMPORTS;
    /// Writes down what is wrong with files that are imported.
    ListProblems(Puts): &["s3:PutObject"] => IMPORTS;
    /// Signs addresses by which browsers fetch what is wrong with files that are imported.
    ShowProblems(Shows): &["s3:GetObject"] => IMPORTS;
    /// Takes files along from task to task.
    CarryFiles(Looks, Copies): &["s3:ListBucket"] => "", &["s3:GetObject", "s3:PutObject"] => FILES;
    /// Writes projects as files, and signs addresses by which browsers fetch them.
    WriteExport(Puts, Shows): &["s3:GetObject", "s3:PutObject"] => EXPORTS;
}

/// Removes files for who purges the table of what they belong to.
#[derive(Clone)]
pub struct Purging(Blobs<Discard>);

impl Capability for Purging {
    const GRANTS: &'static [Grant] = Blobs::<Discard>::GRANTS;
    fn connect(platform: &Arc<Platform>) -> Self {
        Self(Blobs::connect(platform))
    }
}

impl Purging {
    /// The bucket itself.
    pub fn blobs(&self) -> &Blobs<Discard> {
        &self.0
    }
}

impl Files for Purging {
    async fn discard_files(&self, scope: &Scope<Internal>, task: &TaskKey, files: &[AttachmentId]) -> Result<()> {
        for file in files {
            let kinds = [key::file, key::thumbnail, key::upload];
            self.0.remove_all(&kinds.map(|kind| kind(scope, task, file))).await?;
        }
        Ok(())
    }
}
