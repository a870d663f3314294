//! What an export reads of each task besides its fields.

use crate::{
    attachment::AttachmentRecord,
    comment::{Around, CommentRecord},
    core::{
        item::{Stored, text},
        keys::{self, Prefix},
        scope::Scope,
        table::{Mode, Table, read_all},
    },
    link::LinkRecord,
    task::TaskText,
    time::TimeLogRecord,
};
use millrace_domain::{
    Result,
    comment::CommentFields,
    file::attachment::AttachmentFields,
    resource::Counters,
    task::{link::Link, transfer::TaskKeys},
    text::Markdown,
};

/// What belongs to a task.
#[derive(Debug, Clone, Default)]
pub struct Belongings {
    /// Its text.
    pub description: Markdown,
    /// Its links.
    pub links: Vec<Link>,
    /// Its comments, oldest first, with what stands beside each.
    pub comments: Vec<(CommentFields, Around)>,
    /// The time logged on it, oldest first.
    pub time: Vec<TimeLogRecord>,
    /// Its files.
    pub files: Vec<AttachmentFields>,
}

impl<M: Mode> Table<M> {
    /// What belongs to a task: nothing is read of what `counters` say that there is none. One round trip.
    ///
    /// # Errors
    /// As every read.
    pub async fn belongings<S>(&self, scope: &Scope<S>, task: &TaskKeys, counters: Counters) -> Result<Belongings> {
        let (workspace, home) = (scope.workspace(), task.home());
        let some =
            |count: u32, run: Prefix| async move { if count > 0 { self.all(&run).await } else { Ok(Vec::new()) } };
        let own = keys::task_history(workspace, &task.key);
        let (own, comments, time, files) = futures::try_join!(
            self.all(&own),
            some(counters.comments, keys::comments(workspace, home)),
            some(counters.logged_minutes, keys::time_logs(workspace, home)),
            some(counters.attachments, keys::attachments(workspace, home)),
        )?;
        let comments: Vec<Stored<CommentRecord>> = read_all(&comments)?;
        let time: Vec<Stored<TimeLogRecord>> = read_all(&time)?;
        let files: Vec<Stored<AttachmentRecord>> = read_all(&files)?;
        let mut belongings = Belongings::default();
        belongings.comments.extend(comments.into_iter().map(|comment| (comment.value.fields, comment.value.around)));
        belongings.time.extend(time.into_iter().map(|log| log.value));
        belongings.files.extend(files.into_iter().map(|file| file.value.fields));
        for item in &own {
            let sk = text(item, "sk")?;
            if sk == "TEXT" {
                belongings.description = Stored::<TaskText>::read(item)?.value.description;
            } else if sk.starts_with("LINK#") {
                let id = Stored::<LinkRecord>::read(item)?.value.id;
                let (relation, other) = (id.relation(), id.other().clone());
                belongings.links.push(Link { task: task.key.clone(), relation, other });
            }
        }
        Ok(belongings)
    }
}
