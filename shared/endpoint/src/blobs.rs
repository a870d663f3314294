//! Files, in a bucket. Browsers send them to it and fetch them from it straight, with what a function has signed; no
//! file passes through a function but to be looked at.
//!
//!
//! What the keys of objects begin with says what they are, and who may touch them: that is up to who declares the modes.

use crate::{
    capability::{Capability, Grant},
    platform::Platform,
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
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    marker::PhantomData,
    sync::Arc,
    time::{Duration, SystemTime},
};

mod form;

/// An object's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobKey(String);

impl BlobKey {
    /// The object at `key`.
    pub fn new(key: String) -> Self {
        Self(key)
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
    /// The size in bytes.
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
}

/// A function that looks at objects.
pub trait Looks: BlobMode {}

impl<M: Looks> Blobs<M> {
    /// What is known of an object; none where there is none.
    ///
    /// # Errors
    /// [`Error::Internal`] where S3 does not answer.
    pub async fn head(&self, key: &BlobKey) -> Result<Option<Arrived>> {
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

    /// An object's first `length` bytes, or all of it where it is shorter.
    ///
    /// # Errors
    /// [`Error::Raced`] where it is gone by now.
    pub async fn beginning(&self, key: &BlobKey, length: u64) -> Result<Vec<u8>> {
        let range = format!("bytes=0-{}", length.saturating_sub(1));
        let request = self.client().get_object().bucket(self.bucket()?).key(key.as_str()).range(range);
        let answer = match request.send().await {
            Err(error) if status_of(&error) == Some(404) => return Err(Error::Raced),
            answer => answer.map_err(failed)?,
        };
        Ok(answer.body.collect().await.map_err(Error::internal)?.to_vec())
    }

    /// All of an object, if it is still the one that was looked at; none where somebody sent another one meanwhile.
    ///
    /// # Errors
    /// [`Error::Internal`] where S3 does not answer.
    pub async fn whole(&self, key: &BlobKey, arrived: &Arrived) -> Result<Option<Vec<u8>>> {
        let get = self.client().get_object().bucket(self.bucket()?).key(key.as_str()).if_match(&arrived.etag);
        match get.send().await {
            Ok(mut answer) => {
                // Into one piece of memory from the beginning: gathered in parts, it would stand there twice.
                let mut bytes = Vec::with_capacity(usize::try_from(arrived.size).map_err(Error::internal)?);
                while let Some(part) = answer.body.try_next().await.map_err(Error::internal)? {
                    bytes.extend_from_slice(&part);
                }
                Ok(Some(bytes))
            }
            Err(error) if status_of(&error) == Some(412) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }
}

/// A function that copies objects within the bucket.
pub trait Copies: BlobMode {}

impl<M: Copies> Blobs<M> {
    /// Copies an object, if it is still the one that was looked at.
    ///
    /// # Errors
    /// [`Error::Raced`] where somebody replaced or took it since.
    pub async fn copy(&self, from: &BlobKey, found: &Arrived, to: &BlobKey) -> Result<()> {
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
}

/// A function that writes objects.
pub trait Puts: BlobMode {}

impl<M: Puts> Blobs<M> {
    /// Puts an object, in the place of what was there.
    ///
    /// # Errors
    /// [`Error::Internal`] where S3 does not take it.
    pub async fn put(&self, key: &BlobKey, content_type: &str, bytes: Vec<u8>) -> Result<()> {
        let put = self.client().put_object().bucket(self.bucket()?).key(key.as_str()).content_type(content_type);
        put.body(ByteStream::from(bytes)).send().await.map(drop).map_err(failed)
    }

    /// Puts an object that is never changed, since its key is new each time: browsers keep it for a year.
    ///
    /// # Errors
    /// [`Error::Internal`] where S3 does not take it.
    pub async fn put_for_good(&self, key: &BlobKey, content_type: &str, bytes: Vec<u8>) -> Result<()> {
        let put = self.client().put_object().bucket(self.bucket()?).key(key.as_str()).content_type(content_type);
        let put = put.cache_control("public, max-age=31536000, immutable");
        put.body(ByteStream::from(bytes)).send().await.map(drop).map_err(failed)
    }
}

/// A function that removes objects.
pub trait Removes: BlobMode {}

impl<M: Removes> Blobs<M> {
    /// Removes an object, which may be gone already.
    ///
    /// # Errors
    /// [`Error::Internal`] where S3 does not answer.
    pub async fn remove(&self, key: &BlobKey) -> Result<()> {
        let delete = self.client().delete_object().bucket(self.bucket()?).key(key.as_str());
        delete.send().await.map(drop).map_err(failed)
    }

    /// Removes objects, of which some may be gone already.
    ///
    /// # Errors
    /// [`Error::Internal`] where S3 does not answer.
    pub async fn remove_all(&self, keys: &[BlobKey]) -> Result<()> {
        futures::future::try_join_all(keys.iter().map(|key| self.remove(key))).await.map(drop)
    }
}

/// What a browser is told of an object that it fetches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// The header `Content-Disposition`.
    disposition: String,
    /// The header `Content-Type`.
    content_type: String,
}

impl Served {
    /// A file that the browser shows, where its type is one that is safe to show, and else keeps under its name.
    pub fn shown(name: &FileName, content_type: &MediaType) -> Self {
        let shown = content_type.is_shown();
        let served = if shown { content_type.clone() } else { MediaType::BYTES };
        let served = if served == MediaType::TEXT { "text/plain; charset=utf-8" } else { served.as_str() };
        Self { disposition: name.disposition(shown), content_type: served.to_owned() }
    }

    /// A file that the browser keeps under its name.
    pub fn kept(name: &FileName, content_type: &str) -> Self {
        Self { disposition: name.disposition(false), content_type: content_type.to_owned() }
    }
}

/// How long a signed address is good, and how long the same one is given out again: a browser keeps what it fetched
/// by its address.
const SHOWN_FOR: Duration = Duration::from_secs(10 * 60);
const SAME_FOR: u64 = 5 * 60;

/// A function that signs addresses by which browsers fetch objects.
pub trait Shows: BlobMode {}

impl<M: Shows> Blobs<M> {
    /// A signed address of an object, good for ten minutes.
    ///
    /// # Errors
    /// [`Error::Internal`] where there is nothing to sign with.
    pub async fn address(&self, key: &BlobKey, served: &Served) -> Result<String> {
        let get = self.0.s3_for_browsers().get_object().bucket(self.bucket()?).key(key.as_str());
        let get = get.response_content_disposition(&served.disposition).response_content_type(&served.content_type);
        Ok(get.presigned(soon(false)?).await.map_err(failed)?.uri().to_owned())
    }

    /// A signed address of an object as it is, the same for some minutes.
    ///
    /// # Errors
    /// [`Error::Internal`] where there is nothing to sign with.
    pub async fn same_address(&self, key: &BlobKey) -> Result<String> {
        let get = self.0.s3_for_browsers().get_object().bucket(self.bucket()?).key(key.as_str());
        Ok(get.presigned(soon(true)?).await.map_err(failed)?.uri().to_owned())
    }
}

/// A function that signs forms by which browsers send files.
pub trait Receives: BlobMode {}

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

/// Signed addresses go by the time that S3 goes by, whatever the functions' clock says.
fn soon(same: bool) -> Result<PresigningConfig> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_err(Error::internal)?.as_secs();
    let start = if same { now - now % SAME_FOR } else { now };
    let start = SystemTime::UNIX_EPOCH + Duration::from_secs(start);
    PresigningConfig::builder().start_time(start).expires_in(SHOWN_FOR).build().map_err(Error::internal)
}

fn status_of<E>(error: &SdkError<E, aws_sdk_s3::config::http::HttpResponse>) -> Option<u16> {
    error.raw_response().map(|answer| answer.status().as_u16())
}

fn failed<E: std::error::Error + Send + Sync + 'static>(
    error: SdkError<E, aws_sdk_s3::config::http::HttpResponse>,
) -> Error {
    Error::internal(DisplayErrorContext(error).to_string())
}
