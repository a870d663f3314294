use std::path::{Path, PathBuf};

use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;

use super::{CREDENTIALS, StandInError};

/// The S3 stand-in: a folder a bucket.
pub(crate) struct Blobs {
    folder: PathBuf,
    buckets: Vec<String>,
    service: S3Service,
    // Removed from the disk when it is dropped.
    _temporary: Option<tempfile::TempDir>,
}

impl Blobs {
    pub(crate) fn open(folder: Option<PathBuf>, buckets: &[String]) -> Result<Self, StandInError> {
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
        let mut builder = S3ServiceBuilder::new(files);
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
