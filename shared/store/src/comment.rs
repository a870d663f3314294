//! Comments and their reactions.

use crate::core::{
    cursor::Page,
    item::{Attributes, Entity, Stored, number},
    keys,
    scope::Scope,
    table::{Mode, Part, Table},
    transaction::{Beside, Transaction},
};
use aws_sdk_dynamodb::types::AttributeValue;
use millrace_domain::{
    Error, Result,
    comment::{Comment, CommentFields, Reactions, emoji::Emoji},
    id::{CommentId, TaskKey, UserId},
};
use serde::{Deserialize, Serialize};

/// The attribute that counts replies.
const REPLIES: &str = "replies";
/// The attribute that holds the reactions, a set: people who react at one moment do not race.
const REACTIONS: &str = "reactions";

/// A comment, and what stands beside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommentRecord {
    /// Its fields.
    pub fields: CommentFields,
    /// What stands beside it.
    #[serde(skip)]
    pub around: Around,
}

/// What stands beside a comment, and changes without a new version of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Around {
    /// The number of replies.
    pub replies: u32,
    /// The reactions to it.
    pub reactions: Reactions,
}

impl Entity for CommentRecord {
    const WHAT: &'static str = "comment";

    fn read_beside(&mut self, item: &Attributes) -> Result<()> {
        if item.contains_key(REPLIES) {
            self.around.replies = number(item, REPLIES)?;
        }
        if let Some(AttributeValue::Ss(marks)) = item.get(REACTIONS) {
            for mark in marks {
                let (emoji, person) = read_mark(mark)?;
                self.around.reactions.add(emoji, &person);
            }
        }
        Ok(())
    }
}

fn mark(emoji: Emoji, person: &UserId) -> String {
    format!("{emoji} {person}")
}

fn read_mark(mark: &str) -> Result<(Emoji, UserId)> {
    let read = || {
        let (emoji, person) = mark.split_once(' ')?;
        Some((Emoji::new(emoji).ok()?, person.parse().ok()?))
    };
    read().ok_or_else(|| Error::internal(format!("{mark} is no reaction")))
}

impl Stored<CommentRecord> {
    /// Its representation.
    pub fn resource(&self) -> Comment {
        let CommentRecord { fields, around } = &self.value;
        fields.resource(self.version, around.replies, &around.reactions)
    }

    /// Whether there is nothing of it to show: it was removed, and so were all replies to it.
    pub fn is_nothing(&self) -> bool {
        self.value.fields.body.is_none() && self.value.around.replies == 0
    }
}

impl<M: Mode> Table<M> {
    /// A part of a task's comments, oldest first.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a cursor that is not of this list.
    pub async fn comments<S>(
        &self,
        scope: &Scope<S>,
        task: &TaskKey,
        part: &Part,
    ) -> Result<Page<Stored<CommentRecord>>> {
        self.page(&keys::comments(scope.workspace(), scope.home(task)), part).await
    }

    /// One comment; none where there is no such comment on the task.
    ///
    /// # Errors
    /// As every read.
    pub async fn comment<S>(
        &self,
        scope: &Scope<S>,
        task: &TaskKey,
        comment: &CommentId,
    ) -> Result<Option<Stored<CommentRecord>>> {
        self.get(&keys::comment(scope.workspace(), scope.home(task), comment)).await
    }
}

impl Transaction {
    /// A new comment; where it is a reply, its thread counts it.
    pub fn add_comment<S>(&mut self, scope: &Scope<S>, fields: &CommentFields) {
        let key = keys::comment(scope.workspace(), scope.home(&fields.task), &fields.id);
        let record = CommentRecord { fields: fields.clone(), around: Around::default() };
        self.put_new(&key, &record, Beside::default(), || Error::Raced);
        self.count_reply(scope, fields, 1);
    }

    /// A comment that comes from elsewhere, with what stands beside it.
    pub fn import_comment<S>(&mut self, scope: &Scope<S>, fields: &CommentFields, around: &Around) {
        let key = keys::comment(scope.workspace(), &fields.task, &fields.id);
        let all = around.reactions.resource();
        let each = all.iter().flat_map(|reaction| reaction.people.iter().map(|person| mark(reaction.emoji, person)));
        let marks: Vec<String> = each.collect();
        // A set is never empty.
        let marks = if marks.is_empty() { Vec::new() } else { vec![(REACTIONS, marks)] };
        let beside = Beside { numbers: vec![(REPLIES, around.replies)], marks, ..Beside::default() };
        self.put_new(&key, &CommentRecord { fields: fields.clone(), around: Around::default() }, beside, || {
            Error::Raced
        });
    }

    /// A comment says something else; its version after the write.
    pub fn edit_comment(&mut self, stored: &Stored<CommentRecord>, fields: &CommentFields) -> u64 {
        self.update(stored, &CommentRecord { fields: fields.clone(), around: Around::default() }, None)
    }

    /// Removes a comment. One that has replies leaves its place in the thread.
    pub fn remove_comment<S>(&mut self, scope: &Scope<S>, stored: &Stored<CommentRecord>) {
        let CommentRecord { fields, around } = &stored.value;
        if around.replies > 0 {
            let mut left = fields.clone();
            left.empty();
            self.edit_comment(stored, &left);
        } else {
            // A reply that comes in at this moment counts without a new version.
            self.delete_counted(stored, &[(REPLIES, 0)]);
        }
        self.count_reply(scope, fields, -1);
    }

    fn count_reply<S>(&mut self, scope: &Scope<S>, fields: &CommentFields, change: i64) {
        if let Some(first) = &fields.reply_to {
            self.add(&keys::comment(scope.workspace(), scope.home(&fields.task), first), REPLIES, change, || {
                Error::Raced
            });
        }
    }

    /// Adds a person's reaction, which is not there yet.
    pub fn react(&mut self, stored: &Stored<CommentRecord>, emoji: Emoji, person: &UserId) {
        self.mark(stored, REACTIONS, &mark(emoji, person), true);
    }

    /// Takes a person's reaction back, which is there.
    pub fn unreact(&mut self, stored: &Stored<CommentRecord>, emoji: Emoji, person: &UserId) {
        self.mark(stored, REACTIONS, &mark(emoji, person), false);
    }
}
