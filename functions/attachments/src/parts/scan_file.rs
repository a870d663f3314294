//! Scanning a file on a task.

use crate::parts::{
    lookup::in_event,
    picture::{LARGEST_IMAGE, Shape, Small, shrink},
};
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    event::{Actor, Event, EventData},
    file::{
        attachment::AttachmentFields,
        media::{self, TELLING},
    },
    id::{AttachmentId, TaskKey},
};
use millrace_endpoint::{Table, Write, blobs::Blobs};
use millrace_platform::blobs::{Scan, key};
use millrace_store::{Scope, Stored, Transaction, attachment::AttachmentRecord, scope::Internal, task::Counter};
use std::time::Duration;

/// The bucket's event may arrive before the attachment is in the table, notably when an import copies several large
/// files and attaches them together. The wait doubles each time.
const MOMENTS: u32 = 8;
const MOMENT: Duration = Duration::from_millis(50);

/// Scans an attached file. One that was scanned before stays unchanged.
pub(crate) async fn scan_file(
    table: &Table<Write>,
    blobs: &Blobs<Scan>,
    scope: &Scope<Internal>,
    task: &TaskKey,
    attachment: &AttachmentId,
    now: Timestamp,
) -> Result<()> {
    let key = key::file(scope, task, attachment);
    let Some(stored) = attached(table, scope, task, attachment).await? else {
        // It was removed, or never attached: nobody will ask for it.
        return blobs.remove(&key).await;
    };
    let fields = &stored.value.fields;
    if fields.scanned_at.is_some() {
        return Ok(());
    }
    let Some(found) = blobs.head(&key).await? else { return Ok(()) };
    let beginning = blobs.beginning(&key, TELLING).await?;
    let same = media::settle(&fields.content_type, &beginning).is_ok_and(|settled| settled == fields.content_type);
    if !same || found.size != fields.size {
        take_off(table, scope, &stored, now).await?;
        return blobs.remove(&key).await;
    }
    let mut scanned = AttachmentFields { scanned_at: Some(now), ..fields.clone() };
    if fields.content_type.has_thumbnail() && fields.size <= LARGEST_IMAGE {
        let bytes = blobs.beginning(&key, fields.size).await?;
        if let Some(Small { webp, dimensions }) = shrink(bytes, &fields.content_type, Shape::Thumbnail).await? {
            blobs.put_for_good(&key::thumbnail(scope, task, attachment), "image/webp", webp).await?;
            scanned.thumbnail = Some(dimensions);
        }
    }
    let mut change = Transaction::outside_workspaces();
    change.update_attachment(&stored, &scanned);
    table.commit(change).await
}

/// The attachment; none if the file is not attached and will not be.
async fn attached(
    table: &Table<Write>,
    scope: &Scope<Internal>,
    task: &TaskKey,
    attachment: &AttachmentId,
) -> Result<Option<Stored<AttachmentRecord>>> {
    for moment in 0..MOMENTS {
        match table.attachment_or_upload(scope, task, attachment).await? {
            (Some(attached), _) => return Ok(Some(attached)),
            (None, None) => return Ok(None),
            (None, Some(_)) => tokio::time::sleep(MOMENT * (1 << moment)).await,
        }
    }
    Err(Error::internal(format!("the file {attachment} on {task} is not attached yet")))
}

/// Removes a file whose content differs from what was attached.
async fn take_off(
    table: &Table<Write>,
    scope: &Scope<Internal>,
    stored: &Stored<AttachmentRecord>,
    now: Timestamp,
) -> Result<()> {
    let fields = &stored.value.fields;
    let scope = &table.follow(scope.clone(), &fields.task).await?;
    let key = scope.current(&fields.task);
    let task = table.task_fields(scope, key, now).await?;
    let mut change = Transaction::outside_workspaces();
    change.detach(scope, stored);
    change.count(scope, &fields.task, Counter::Attachments, -1);
    let data = EventData::AttachmentRemoved(in_event(fields));
    let event = Event::new(scope.workspace().clone(), Actor::system(), now, data);
    change.event(&event.on_task(key, &task.value.fields.board_id));
    table.commit(change).await
}
