use std::path::{Path, PathBuf};

use s3s::auth::SimpleAuth;
use s3s::dto::{
    CopyObjectInput, CopyObjectOutput, DeleteObjectInput, DeleteObjectOutput, GetObjectInput, GetObjectOutput,
    HeadObjectInput, HeadObjectOutput, ListObjectsV2Input, ListObjectsV2Output, PutObjectInput, PutObjectOutput,
};
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{S3, S3Request, S3Response, S3Result};
use s3s_fs::FileSystem;
use serde_json::json;
use tokio::sync::RwLock;

use super::queue::Queues;
use super::{CREDENTIALS, StandInError};

/// Which new objects of a bucket are told to which queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// The bucket.
    pub bucket: String,
    /// What the keys of the objects begin with.
    pub prefix: String,
    /// The queue's name.
    pub queue: String,
}

/// The S3 stand-in: a folder a bucket.
pub(crate) struct Blobs {
    folder: PathBuf,
    buckets: Vec<String>,
    service: S3Service,
    // Removed from the disk when it is dropped.
    _temporary: Option<tempfile::TempDir>,
}

impl Blobs {
    pub(crate) fn open(
        folder: Option<PathBuf>,
        buckets: &[String],
        notifications: Vec<Notification>,
        queues: Queues,
    ) -> Result<Self, StandInError> {
        let (folder, temporary) = match folder {
            Some(folder) => (folder, None),
            None => {
                let temporary = tempfile::tempdir()
                    .map_err(|source| StandInError::Folder { path: std::env::temp_dir(), source })?;
                (temporary.path().to_path_buf(), Some(temporary))
            }
        };
        for path in std::iter::once(folder.clone()).chain(buckets.iter().map(|bucket| folder.join(bucket))) {
            std::fs::create_dir_all(&path).map_err(|source| StandInError::Folder { path, source })?;
        }
        let files = FileSystem::new(&folder).map_err(|e| StandInError::Blobs(format!("{e:?}")))?;
        let telling = Telling { files, whole: RwLock::default(), folder: folder.clone(), notifications, queues };
        let mut builder = S3ServiceBuilder::new(telling);
        builder.set_auth(SimpleAuth::from_single(CREDENTIALS.0, CREDENTIALS.1));
        let service = builder.build();
        Ok(Self { folder, buckets: buckets.to_vec(), service, _temporary: temporary })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether a path begins with a bucket of ours.
    pub(crate) fn holds(&self, path: &str) -> bool {
        let bucket = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        self.buckets.iter().any(|b| b == bucket)
    }

    pub(crate) async fn answer(&self, request: http::Request<s3s::Body>) -> http::Response<s3s::Body> {
        self.service.call(request).await.unwrap_or_else(|error| {
            tracing::error!(?error, "the S3 stand-in could not answer");
            let mut response = http::Response::new(s3s::Body::empty());
            *response.status_mut() = http::StatusCode::INTERNAL_SERVER_ERROR;
            response
        })
    }
}

/// The files, with the events that S3 sends of new ones. Of S3's operations those that the deployed stack uses; forms
/// that browsers post come as puts.
struct Telling {
    files: FileSystem,
    // S3 answers with an object as it is before or after a copy or a removal, never with half of one.
    whole: RwLock<()>,
    folder: PathBuf,
    notifications: Vec<Notification>,
    queues: Queues,
}

impl Telling {
    /// Tells of a new object, in the form of
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html>.
    fn tell(&self, bucket: &str, key: &str, how: &str) {
        let size = std::fs::metadata(self.folder.join(bucket).join(key)).map_or(0, |file| file.len());
        for wanted in self.notifications.iter().filter(|w| w.bucket == bucket && key.starts_with(&w.prefix)) {
            let event = json!({"Records": [{
                "eventVersion": "2.1",
                "eventSource": "aws:s3",
                "awsRegion": "us-east-1",
                "eventTime": jiff::Timestamp::now(),
                "eventName": format!("ObjectCreated:{how}"),
                "s3": {
                    "s3SchemaVersion": "1.0",
                    "bucket": {"name": bucket, "arn": format!("arn:aws:s3:::{bucket}")},
                    "object": {"key": key, "size": size},
                },
            }]});
            if let Err(error) = self.queues.deliver(&wanted.queue, &event.to_string()) {
                tracing::error!(%error, queue = wanted.queue, "a new object was not told of");
            }
        }
    }
}

#[async_trait::async_trait]
impl S3 for Telling {
    async fn put_object(&self, request: S3Request<PutObjectInput>) -> S3Result<S3Response<PutObjectOutput>> {
        let (bucket, key) = (request.input.bucket.clone(), request.input.key.clone());
        let answer = self.files.put_object(request).await?;
        self.tell(&bucket, &key, "Put");
        Ok(answer)
    }

    async fn copy_object(&self, request: S3Request<CopyObjectInput>) -> S3Result<S3Response<CopyObjectOutput>> {
        let (bucket, key) = (request.input.bucket.clone(), request.input.key.clone());
        let _alone = self.whole.write().await;
        let answer = self.files.copy_object(request).await?;
        self.tell(&bucket, &key, "Copy");
        Ok(answer)
    }

    async fn get_object(&self, request: S3Request<GetObjectInput>) -> S3Result<S3Response<GetObjectOutput>> {
        let _whole = self.whole.read().await;
        self.files.get_object(request).await
    }

    async fn head_object(&self, request: S3Request<HeadObjectInput>) -> S3Result<S3Response<HeadObjectOutput>> {
        let _whole = self.whole.read().await;
        self.files.head_object(request).await
    }

    async fn delete_object(&self, request: S3Request<DeleteObjectInput>) -> S3Result<S3Response<DeleteObjectOutput>> {
        let _alone = self.whole.write().await;
        self.files.delete_object(request).await
    }

    async fn list_objects_v2(
        &self,
        request: S3Request<ListObjectsV2Input>,
    ) -> S3Result<S3Response<ListObjectsV2Output>> {
        self.files.list_objects_v2(request).await
    }
}
