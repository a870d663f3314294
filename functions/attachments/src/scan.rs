//! attachments-scan

use crate::parts::{scan_file::scan_file, scan_portrait::scan_portrait};
use millrace_endpoint::{
    Consumer, Delivery, Result, Table, Write,
    blobs::{Blobs, NewObject, ObjectsCreated, Scan},
};

/// Looks at what has come into the bucket: checks files on tasks again and makes their thumbnails, and makes people's
/// pictures of what they sent.
#[derive(Clone)]
pub struct ScanAttachments;

impl Consumer for ScanAttachments {
    const NAME: &'static str = "attachments-scan";
    const ABOUT: &'static str = "Fed by the bucket's events: checks the size and the content of files again, makes thumbnails of images, and people's pictures of what they sent.";
    type Message = ObjectsCreated;
    type Uses = (Table<Write>, Blobs<Scan>);
    const TIMEOUT: u32 = 60;
    const MEMORY: u32 = 1_024;

    async fn handle(delivery: Delivery<Self>) -> Result<()> {
        let (table, blobs): (&Table<Write>, &Blobs<Scan>) = (delivery.uses(), delivery.uses());
        for record in &delivery.message.records {
            match record.object() {
                Some(NewObject::File { workspace, task, attachment }) => {
                    scan_file(table, blobs, workspace, &task, &attachment, delivery.now).await?;
                }
                Some(NewObject::Portrait { person, key }) => {
                    scan_portrait(table, blobs, &person, &key, delivery.now).await?;
                }
                None => tracing::warn!(key = record.s3.object.key, "an object that is nothing of ours"),
            }
        }
        Ok(())
    }
}
