//! Files, in a bucket. Browsers send them to it and fetch them from it straight, with what a function has signed; no
//! file passes through a function but to be looked at.
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
//! | `exports/<workspace>/<random id>` | projects as files | a week |
//! | `avatars/<id>.webp` | pictures of people as they are shown, for everybody who knows the id | until replaced |
//! | `reports/<workspace>/<report>` | reports that people asked for | a month |

use crate::{
    capability::{Capability, Grant, Resource},
    platform::Platform,
    queue::{Message, QueueName},
};
use aws_sdk_s3::{
    error::{DisplayErrorContext, SdkError},
    presigning::PresigningConfig,
    primitives::ByteStream,
};
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    file::{attachment::FileName, media::MediaType},
    id::{AttachmentId, ImportId, ReportId, TaskKey, UserId, WorkspaceId},
    token::random_string,
};
use millrace_store::Scope;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    marker::PhantomData,
    sync::Arc,
    time::{Duration, SystemTime},
};

macro_rules! modes {
    ($($(#[doc = $doc:literal])+ $name:ident: $($actions:expr => $prefix:expr),+;)+) => {
        $($(#[doc = $doc])+
        #[derive(Debug, Clone, Copy)]
        pub struct $name;
        impl BlobMode for $name {
            const GRANTS: &'static [Grant] = &[$(Grant { actions: $actions, resource: Resource::Blobs($prefix) }),+];
        })+
    };
}

mod discard;
mod form;
mod report;
mod transfer;

pub use transfer::{CarryFiles, ReadImport, ReceiveImport, WriteExport};

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

/// An object's key. Each kind has its own way to make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobKey(String);

impl BlobKey {
    /// A file that is on its way to a task.
    pub fn upload<S>(scope: &Scope<S>, task: &TaskKey, attachment: &AttachmentId) -> Self {
        Self(format!("{UPLOADS}{}/{}/{attachment}", scope.workspace(), scope.home(task)))
    }
    /// A file on a task.
    pub fn file<S>(scope: &Scope<S>, task: &TaskKey, attachment: &AttachmentId) -> Self {
        Self(format!("{FILES}{}/{}/{attachment}", scope.workspace(), scope.home(task)))
    }
    /// A file's thumbnail.
    pub fn thumbnail<S>(scope: &Scope<S>, task: &TaskKey, attachment: &AttachmentId) -> Self {
        Self(format!("{THUMBNAILS}{}/{}/{attachment}", scope.workspace(), scope.home(task)))
    }
    /// A new picture of a person, as they send it.
    pub fn portrait(person: &UserId) -> Self {
        Self(format!("{PORTRAITS}{person}/{}", random_string(20)))
    }
    /// A picture of a person, as it is shown. Nobody guesses its id.
    pub fn avatar(id: &str) -> Self {
        Self(format!("{AVATARS}{id}.webp"))
    }
    /// A report. It is the same however often it is made.
    pub fn report<S>(scope: &Scope<S>, report: &ReportId) -> Self {
        Self(format!("{REPORTS}{}/{report}", scope.workspace()))
    }
    /// A file that is to be imported.
    pub fn import<S>(scope: &Scope<S>, import: &ImportId) -> Self {
        Self(format!("{IMPORTS}{}/{import}", scope.workspace()))
    }
    /// A project as a file. Nobody guesses its id.
    pub fn export<S>(scope: &Scope<S>) -> Self {
        Self(format!("{EXPORTS}{}/{}", scope.workspace(), random_string(32)))
    }
    /// The key itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a function may do with the bucket.
pub trait BlobMode: Clone + Send + Sync + 'static {
    /// What its role allows for it.
    const GRANTS: &'static [Grant];
}

modes! {
    /// Signs forms by which browsers send files.
    Receive: &["s3:PutObject"] => UPLOADS, &["s3:PutObject"] => PORTRAITS;
    /// Looks at what has arrived, and takes it to where no browser writes.
    Take:
        // Without leave to list, S3 answers 403 for what is not there.
        &["s3:ListBucket"] => "",
        &["s3:DeleteObject", "s3:GetObject"] => UPLOADS,
        &["s3:PutObject"] => FILES;
    /// Signs addresses by which browsers fetch files.
    Show: &["s3:GetObject"] => FILES, &["s3:GetObject"] => THUMBNAILS;
    /// Looks at files again, and makes small pictures of them.
    Scan:
        &["s3:ListBucket"] => "",
        &["s3:DeleteObject", "s3:GetObject"] => FILES,
        &["s3:DeleteObject", "s3:GetObject"] => PORTRAITS,
        &["s3:PutObject"] => THUMBNAILS,
        &["s3:DeleteObject", "s3:PutObject"] => AVATARS;
    /// Keeps reports.
    Report: &["s3:PutObject"] => REPORTS;
    /// Signs addresses by which browsers fetch reports.
    HandOut: &["s3:GetObject"] => REPORTS;
    /// Removes files.
    Discard: &["s3:DeleteObject"] => UPLOADS, &["s3:DeleteObject"] => FILES, &["s3:DeleteObject"] => THUMBNAILS;
}

/// The bucket, with what was declared that may be done with it.
pub struct Blobs<M>(Arc<Platform>, PhantomData<M>);

impl<M> Clone for Blobs<M> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<M: BlobMode> Capability for Blobs<M> {
    const GRANTS: &'static [Grant] = M::GRANTS;
    fn connect(platform: &Arc<Platform>) -> Self {
        Self(platform.clone(), PhantomData)
    }
}

/// A form by which a browser sends one file: every field as it is, then the file as the field `file`, as
/// `multipart/form-data`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UploadForm {
    /// Where it is posted to.
    pub url: String,
    /// Its fields, which go before the file.
    pub fields: BTreeMap<String, String>,
    /// Until when it is taken.
    pub expires_at: Timestamp,
}

/// What is known of an object without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// How many bytes it has.
    pub size: u64,
    /// What its content is told by from another.
    pub etag: String,
}

impl<M: BlobMode> Blobs<M> {
    fn client(&self) -> &aws_sdk_s3::Client {
        self.0.s3()
    }

    fn bucket(&self) -> Result<&str> {
        let bucket = self.0.settings.bucket.as_str();
        if bucket.is_empty() { Err(Error::internal("MILLRACE_BUCKET is not set")) } else { Ok(bucket) }
    }

    /// What is known of an object; none where there is none.
    async fn head(&self, key: &BlobKey) -> Result<Option<Arrived>> {
        let answer = self.client().head_object().bucket(self.bucket()?).key(key.as_str()).send().await;
        match answer {
            Ok(found) => Ok(Some(Arrived {
                size: found.content_length().and_then(|length| length.try_into().ok()).unwrap_or_default(),
                etag: found.e_tag().unwrap_or_default().to_owned(),
            })),
            // An answer to HEAD has no body: the status alone says what is wrong.
            Err(error) if status_of(&error) == Some(404) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// An object's first `length` bytes, or all of it where it is shorter; [`Error::Raced`] where it is gone by now.
    async fn read(&self, key: &BlobKey, length: u64) -> Result<Vec<u8>> {
        let range = format!("bytes=0-{}", length.saturating_sub(1));
        let request = self.client().get_object().bucket(self.bucket()?).key(key.as_str()).range(range);
        let answer = match request.send().await {
            Err(error) if status_of(&error) == Some(404) => return Err(Error::Raced),
            answer => answer.map_err(failed)?,
        };
        Ok(answer.body.collect().await.map_err(Error::internal)?.to_vec())
    }

    async fn put(&self, key: &BlobKey, content_type: &str, bytes: Vec<u8>) -> Result<()> {
        let put = self.client().put_object().bucket(self.bucket()?).key(key.as_str()).content_type(content_type);
        // What is put is never changed: its key is new each time.
        let put = put.cache_control("public, max-age=31536000, immutable");
        put.body(ByteStream::from(bytes)).send().await.map(drop).map_err(failed)
    }

    /// Copies an object within the bucket, if it is still the one that was looked at; [`Error::Raced`] where it is not.
    async fn copy(&self, from: &BlobKey, found: &Arrived, to: &BlobKey) -> Result<()> {
        let bucket = self.bucket()?;
        let copy = self
            .client()
            .copy_object()
            .bucket(bucket)
            .key(to.as_str())
            .copy_source(format!("{bucket}/{}", from.as_str()))
            .copy_source_if_match(&found.etag);
        match copy.send().await {
            Ok(_) => Ok(()),
            Err(error) if matches!(status_of(&error), Some(404 | 412)) => Err(Error::Raced),
            Err(error) => Err(failed(error)),
        }
    }

    async fn delete(&self, key: &BlobKey) -> Result<()> {
        let delete = self.client().delete_object().bucket(self.bucket()?).key(key.as_str());
        delete.send().await.map(drop).map_err(failed)
    }
}

/// A function that signs forms by which browsers send files.
pub trait Receives: BlobMode {}

impl Receives for Receive {}

impl<M: Receives> Blobs<M> {
    /// Signs a form that takes exactly `size` bytes of exactly this type at exactly this key, once or again, until
    /// `within` is over.
    ///
    /// # Errors
    /// [`Error::Internal`] where there is nothing to sign with.
    pub async fn form(
        &self,
        key: &BlobKey,
        content_type: &MediaType,
        size: u64,
        within: Duration,
    ) -> Result<UploadForm> {
        form::sign(&self.0, self.bucket()?, key, content_type, size, within).await
    }
}

impl Blobs<Take> {
    /// What has arrived at `key`, with its first `length` bytes; none where nothing has.
    ///
    /// # Errors
    /// [`Error::Internal`] where S3 does not answer.
    pub async fn arrived(&self, key: &BlobKey, length: u64) -> Result<Option<(Arrived, Vec<u8>)>> {
        match self.head(key).await? {
            Some(arrived) => Ok(Some((arrived, self.read(key, length).await?))),
            None => Ok(None),
        }
    }

    /// Copies what was looked at, if nobody replaced or took it since.
    ///
    /// # Errors
    /// [`Error::Raced`] where somebody did.
    pub async fn take(&self, from: &BlobKey, arrived: &Arrived, to: &BlobKey) -> Result<()> {
        self.copy(from, arrived, to).await
    }

    /// Lets go of what was sent. What stays is gone in a day.
    pub async fn drop_upload(&self, key: &BlobKey) {
        if let Err(error) = self.delete(key).await {
            tracing::warn!(key = key.as_str(), cause = ?error, "an upload stays until it expires");
        }
    }
}

/// How long a signed address is good, and how long the same one is given out again: a browser keeps what it fetched
/// by its address.
const SHOWN_FOR: Duration = Duration::from_secs(10 * 60);
const SAME_FOR: u64 = 5 * 60;

impl Blobs<Show> {
    /// A signed address of a file, to be shown or kept under its name.
    ///
    /// # Errors
    /// [`Error::Internal`] where there is nothing to sign with.
    pub async fn address(&self, key: &BlobKey, name: &FileName, content_type: &MediaType) -> Result<String> {
        let shown = content_type.is_shown();
        let served = if shown { content_type.clone() } else { MediaType::BYTES };
        let served = if served == MediaType::TEXT { "text/plain; charset=utf-8" } else { served.as_str() };
        let get = self.0.s3_for_browsers().get_object().bucket(self.bucket()?).key(key.as_str());
        let get = get.response_content_disposition(name.disposition(shown)).response_content_type(served);
        Ok(get.presigned(soon(false)?).await.map_err(failed)?.uri().to_owned())
    }

    /// A signed address of a thumbnail, the same for some minutes.
    ///
    /// # Errors
    /// [`Error::Internal`] where there is nothing to sign with.
    pub async fn thumbnail(&self, key: &BlobKey) -> Result<String> {
        let get = self.0.s3_for_browsers().get_object().bucket(self.bucket()?).key(key.as_str());
        Ok(get.presigned(soon(true)?).await.map_err(failed)?.uri().to_owned())
    }
}

/// Signed addresses go by the time that S3 goes by, whatever the functions' clock says.
fn soon(same: bool) -> Result<PresigningConfig> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_err(Error::internal)?.as_secs();
    let start = if same { now - now % SAME_FOR } else { now };
    let start = SystemTime::UNIX_EPOCH + Duration::from_secs(start);
    PresigningConfig::builder().start_time(start).expires_in(SHOWN_FOR).build().map_err(Error::internal)
}

impl Blobs<Scan> {
    /// What is known of an object; none where there is none (any more).
    ///
    /// # Errors
    /// [`Error::Internal`] where S3 does not answer.
    pub async fn known(&self, key: &BlobKey) -> Result<Option<Arrived>> {
        self.head(key).await
    }

    /// An object's first `length` bytes.
    ///
    /// # Errors
    /// [`Error::Internal`] where S3 does not answer.
    pub async fn beginning(&self, key: &BlobKey, length: u64) -> Result<Vec<u8>> {
        self.read(key, length).await
    }

    /// Puts a small picture.
    ///
    /// # Errors
    /// [`Error::Internal`] where S3 does not take it.
    pub async fn put_picture(&self, key: &BlobKey, webp: Vec<u8>) -> Result<()> {
        self.put(key, "image/webp", webp).await
    }

    /// Removes an object.
    ///
    /// # Errors
    /// [`Error::Internal`] where S3 does not answer.
    pub async fn remove(&self, key: &BlobKey) -> Result<()> {
        self.delete(key).await
    }
}

fn status_of<E>(error: &SdkError<E, aws_sdk_s3::config::http::HttpResponse>) -> Option<u16> {
    error.raw_response().map(|answer| answer.status().as_u16())
}

fn failed<E: std::error::Error + Send + Sync + 'static>(
    error: SdkError<E, aws_sdk_s3::config::http::HttpResponse>,
) -> Error {
    Error::internal(DisplayErrorContext(error).to_string())
}

/// What S3 tells of new objects, as far as it is needed:
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html>. Its test of a new
/// subscription has no records.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectsCreated {
    /// One an object.
    #[serde(rename = "Records", default)]
    pub records: Vec<ObjectCreated>,
}

impl Message for ObjectsCreated {
    const QUEUE: QueueName = QueueName::Scans;
}

/// That there is a new object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectCreated {
    /// Where.
    pub s3: Place,
}

/// Where a new object is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The object.
    pub object: ObjectKey,
}

/// A new object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectKey {
    /// Its key, encoded as forms encode it.
    pub key: String,
}

/// What a new object is, by its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewObject {
    /// A file on a task.
    File {
        /// The workspace that it belongs to.
        workspace: WorkspaceId,
        /// The task that it is on.
        task: TaskKey,
        /// Its id.
        attachment: AttachmentId,
    },
    /// A picture of a person.
    Portrait {
        /// The person.
        person: UserId,
        /// Where it is.
        key: BlobKey,
    },
}

impl ObjectCreated {
    /// What it is; none for what is nothing of ours.
    pub fn object(&self) -> Option<NewObject> {
        // The keys that are made here hold nothing that needs encoding but, for some senders, the slash.
        let key = self.s3.object.key.replace("%2F", "/");
        let parts: Vec<&str> = key.split('/').collect();
        match parts.as_slice() {
            ["files", workspace, task, attachment] => Some(NewObject::File {
                workspace: workspace.parse().ok()?,
                task: task.parse().ok()?,
                attachment: attachment.parse().ok()?,
            }),
            ["portraits", person, _] => {
                Some(NewObject::Portrait { person: person.parse().ok()?, key: BlobKey(key.clone()) })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn created(key: &str) -> Option<NewObject> {
        ObjectCreated { s3: Place { object: ObjectKey { key: key.to_owned() } } }.object()
    }

    #[test]
    fn a_new_object_is_known_by_its_key() {
        let scope = Scope::internal("ws_AAAA".parse().expect("an id"));
        let (task, attachment) = ("WEB-1".parse().expect("a key"), "att_AAAA".parse().expect("an id"));
        let key = BlobKey::file(&scope, &task, &attachment);
        let file = NewObject::File { workspace: scope.workspace().clone(), task, attachment };
        assert_eq!(created(key.as_str()), Some(file.clone()));
        assert_eq!(created(&key.as_str().replace('/', "%2F")), Some(file));
        let person: UserId = "usr_AAAA".parse().expect("an id");
        let key = BlobKey::portrait(&person);
        assert_eq!(created(key.as_str()), Some(NewObject::Portrait { person, key }));
        for other in ["", "files", "files/ws_AAAA/WEB-1/x", "uploads/ws_AAAA/WEB-1/att_AAAA", "avatars/x.webp"] {
            assert_eq!(created(other), None, "{other}");
        }
    }

    #[test]
    fn a_test_of_a_subscription_has_no_records() {
        let test = r#"{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}"#;
        assert_eq!(serde_json::from_str::<ObjectsCreated>(test).expect("reads"), ObjectsCreated::default());
    }
}
