//! attachments-scan

use crate::parts::{scan_file::scan_file, scan_portrait::scan_portrait};
use millrace_endpoint::{Consumer, Delivery, Result, Table, Write, blobs::Blobs};
use millrace_platform::blobs::{
    Scan,
    new_object::{NewObject, ObjectsCreated},
};

/// Processes uploaded objects: checks files on tasks again and makes their thumbnails, and makes avatars from uploaded
/// pictures.
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
        for (index, record) in delivery.message.records.iter().enumerate() {
            let key = &record.s3.object.key;
            match (&key.object, delivery.scope_where(|message| message.workspace(index))) {
                (Some(NewObject::File { task, attachment, .. }), Some(scope)) => {
                    scan_file(table, blobs, &scope, task, attachment, delivery.now).await?;
                }
                (Some(NewObject::Portrait { person, key }), _) => {
                    scan_portrait(table, blobs, person, key, delivery.now).await?;
                }
                _ => tracing::warn!(key = key.encoded, "an object that is nothing of ours"),
            }
        }
        Ok(())
    }
}
