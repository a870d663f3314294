//! Reports, kept and handed out.

use super::*;
use millrace_domain::report::ReportFormat;

impl Blobs<Report> {
    /// Keeps a report, in the place of what an earlier try kept.
    ///
    /// # Errors
    /// [`Error::Internal`] where S3 does not take it.
    pub async fn keep(&self, key: &BlobKey, format: ReportFormat, bytes: Vec<u8>) -> Result<()> {
        let put = self.client().put_object().bucket(self.bucket()?).key(key.as_str());
        let put = put.content_type(format.content_type()).body(ByteStream::from(bytes));
        put.send().await.map(drop).map_err(failed)
    }
}

impl Blobs<HandOut> {
    /// A signed address of a report, to be kept under its name.
    ///
    /// # Errors
    /// [`Error::Internal`] where there is nothing to sign with.
    pub async fn address(&self, key: &BlobKey, name: &FileName, format: ReportFormat) -> Result<String> {
        let get = self.0.s3_for_browsers().get_object().bucket(self.bucket()?).key(key.as_str());
        let get = get.response_content_disposition(name.disposition(false));
        let get = get.response_content_type(format.content_type());
        Ok(get.presigned(soon(false)?).await.map_err(failed)?.uri().to_owned())
    }
}
