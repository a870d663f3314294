//! Whole projects as files: those that are imported, with the files on their tasks, and those that were exported.

use super::{Arrived, BlobKey, BlobMode, Blobs, EXPORTS, FILES, IMPORTS, Receives, failed, soon};
use crate::capability::{Grant, Resource};
use aws_sdk_s3::primitives::ByteStream;
use millrace_domain::{Error, Result, file::attachment::FileName};

modes! {
    /// Signs forms by which browsers send files to be imported, and sees whether one has arrived.
    ReceiveImport:
        // Without leave to list, S3 answers 403 for what is not there.
        &["s3:ListBucket"] => "",
        &["s3:GetObject", "s3:PutObject"] => IMPORTS;
    /// Reads files that are imported.
    ReadImport: &["s3:ListBucket"] => "", &["s3:GetObject"] => IMPORTS;
    /// Takes files along from task to task.
    CarryFiles: &["s3:ListBucket"] => "", &["s3:GetObject", "s3:PutObject"] => FILES;
    /// Writes projects as files, and signs addresses by which browsers fetch them.
    WriteExport: &["s3:GetObject", "s3:PutObject"] => EXPORTS;
}

impl Receives for ReceiveImport {}

impl Blobs<ReceiveImport> {
    /// What is known of a file that was to arrive; none where it has not.
    ///
    /// # Errors
    /// [`Error::Internal`] where S3 does not answer.
    pub async fn came(&self, key: &BlobKey) -> Result<Option<Arrived>> {
        self.head(key).await
    }
}

impl Blobs<ReadImport> {
    /// What is known of a file that is imported; none where it is gone.
    ///
    /// # Errors
    /// [`Error::Internal`] where S3 does not answer.
    pub async fn came(&self, key: &BlobKey) -> Result<Option<Arrived>> {
        self.head(key).await
    }

    /// All of a file, if it is still the one that was looked at; none where somebody sent another one meanwhile.
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
            Err(error) if error.raw_response().is_some_and(|answer| answer.status().as_u16() == 412) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }
}

impl Blobs<CarryFiles> {
    /// What is known of a file on a task; none where it is gone.
    ///
    /// # Errors
    /// [`Error::Internal`] where S3 does not answer.
    pub async fn there(&self, key: &BlobKey) -> Result<Option<Arrived>> {
        self.head(key).await
    }

    /// Copies a file, if it is still the one that was looked at.
    ///
    /// # Errors
    /// [`Error::Raced`] where it is not.
    pub async fn carry(&self, from: &BlobKey, found: &Arrived, to: &BlobKey) -> Result<()> {
        self.copy(from, found, to).await
    }
}

impl Blobs<WriteExport> {
    /// Writes a file; the signed address by which it is fetched under its name, for ten minutes.
    ///
    /// # Errors
    /// [`Error::Internal`] where S3 does not take it.
    pub async fn hand_out(&self, key: &BlobKey, name: &FileName, content_type: &str, bytes: Vec<u8>) -> Result<String> {
        let put = self.client().put_object().bucket(self.bucket()?).key(key.as_str()).content_type(content_type);
        put.body(ByteStream::from(bytes)).send().await.map_err(failed)?;
        let get = self.0.s3_for_browsers().get_object().bucket(self.bucket()?).key(key.as_str());
        let get = get.response_content_disposition(name.disposition(false)).response_content_type(content_type);
        Ok(get.presigned(soon(false)?).await.map_err(failed)?.uri().to_owned())
    }
}
