//! What an export reads of each task beside its fields.

use crate::{
    comment::CommentRecord,
    item::{Stored, text},
    keys,
    link::LinkRecord,
    scope::Scope,
    table::{Mode, Table, read_all},
    task::TaskText,
};
use millrace_domain::{Result, comment::CommentFields, link::Link, moved::Moved, text::Markdown};

/// What belongs to a task.
#[derive(Debug, Clone, Default)]
pub struct Belongings {
    /// Its text.
    pub description: Markdown,
    /// Its links.
    pub links: Vec<Link>,
    /// Its comments, oldest first.
    pub comments: Vec<CommentFields>,
}

impl<M: Mode> Table<M> {
    /// What belongs to a task; its comments only where `with_comments` says that it has some. One round trip.
    ///
    /// # Errors
    /// As every read.
    pub async fn belongings<S>(&self, scope: &Scope<S>, task: &Moved, with_comments: bool) -> Result<Belongings> {
        let own = keys::task_history(scope.workspace(), &task.key);
        let run = keys::comments(scope.workspace(), task.home());
        let comments = async { if with_comments { self.all(&run).await } else { Ok(Vec::new()) } };
        let (own, comments) = futures::try_join!(self.all(&own), comments)?;
        let comments: Vec<Stored<CommentRecord>> = read_all(&comments)?;
        let mut belongings = Belongings::default();
        belongings.comments.extend(comments.into_iter().map(|comment| comment.value.0));
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
