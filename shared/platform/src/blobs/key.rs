//! The keys of objects. Each kind has its own way to make one.

use super::{AVATARS, EXPORTS, FILES, IMPORTS, PORTRAITS, REPORTS, THUMBNAILS, UPLOADS};
use millrace_domain::{
    id::{AttachmentId, ImportId, ReportId, TaskKey, UserId},
    token::random_string,
};
use millrace_endpoint::blobs::BlobKey;
use millrace_store::Scope;

/// A file that is on its way to a task.
pub fn upload<S>(scope: &Scope<S>, task: &TaskKey, attachment: &AttachmentId) -> BlobKey {
    BlobKey::new(format!("{UPLOADS}{}/{}/{attachment}", scope.workspace(), scope.home(task)))
}

/// An attachment of a task.
pub fn file<S>(scope: &Scope<S>, task: &TaskKey, attachment: &AttachmentId) -> BlobKey {
    BlobKey::new(format!("{FILES}{}/{}/{attachment}", scope.workspace(), scope.home(task)))
}

/// A file's thumbnail.
pub fn thumbnail<S>(scope: &Scope<S>, task: &TaskKey, attachment: &AttachmentId) -> BlobKey {
    BlobKey::new(format!("{THUMBNAILS}{}/{}/{attachment}", scope.workspace(), scope.home(task)))
}

/// A new picture of a person, as they send it.
pub fn portrait(person: &UserId) -> BlobKey {
    BlobKey::new(format!("{PORTRAITS}{person}/{}", random_string(20)))
}

/// A picture of a person, as it is shown. Nobody guesses its id.
pub fn avatar(id: &str) -> BlobKey {
    BlobKey::new(format!("{AVATARS}{id}.webp"))
}

/// A report. It is the same however often it is made.
pub fn report<S>(scope: &Scope<S>, report: &ReportId) -> BlobKey {
    BlobKey::new(format!("{REPORTS}{}/{report}", scope.workspace()))
}

/// A file that is to be imported.
pub fn import<S>(scope: &Scope<S>, import: &ImportId) -> BlobKey {
    BlobKey::new(format!("{IMPORTS}{}/{import}", scope.workspace()))
}

/// What is wrong with a file that is imported. It is the same however often that is looked at.
pub fn import_problems<S>(scope: &Scope<S>, import: &ImportId) -> BlobKey {
    BlobKey::new(format!("{IMPORTS}{}/{import}.problems.csv", scope.workspace()))
}

/// A project as a file. Nobody guesses its id.
pub fn export<S>(scope: &Scope<S>) -> BlobKey {
    BlobKey::new(format!("{EXPORTS}{}/{}", scope.workspace(), random_string(32)))
}
