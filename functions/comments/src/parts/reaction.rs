//! Adding a reaction to a comment, and removing one.

use crate::parts::lookup::{Found, on_comment};
use millrace_domain::{
    Error,
    comment::{Comment, emoji::Emoji},
    event::{EventData, payload::ReactionEvent},
};
use millrace_endpoint::{Call, Endpoint, Json, Result, Table, Write};
use millrace_platform::path::ReactionPath;
use millrace_store::{Transaction, comment::CommentRecord};

/// What becomes of the caller's reaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reaction {
    /// It stands there.
    Added,
    /// It does not (any more).
    Removed,
}

/// Adds or removes the caller's own reaction. Where it is as wanted already, nothing is written.
pub(crate) async fn change_reaction<E>(call: &Call<E>, wanted: Reaction) -> Result<Json<Comment>>
where
    E: Endpoint<Path = ReactionPath, Uses = (Table<Write>,)>,
{
    let (table, path, now): (&Table<Write>, _, _) = (call.table(), &call.path, call.now);
    let read = |scope| async move { Found::read(table, &scope, &path.task, &path.comment_id, now).await };
    let (scope, Found { task, comment }) = call.authorize(read).await?;
    let emoji = Emoji::new(&path.emoji).map_err(|wrong| Error::field("emoji", wrong))?;
    task.check_live()?;
    let CommentRecord { fields, around } = &comment.value;
    let mut reactions = around.reactions.clone();
    let changed = match wanted {
        Reaction::Added => reactions.add(emoji, scope.person()),
        Reaction::Removed => reactions.remove(emoji, scope.person()),
    };
    if !changed {
        return Ok(Json(comment.resource()));
    }
    let mut change = Transaction::by(&scope);
    let kind: fn(ReactionEvent) -> EventData = match wanted {
        Reaction::Added => {
            reactions.check()?;
            change.react(&comment, emoji, scope.person());
            EventData::ReactionAdded
        }
        Reaction::Removed => {
            change.unreact(&comment, emoji, scope.person());
            EventData::ReactionRemoved
        }
    };
    let after = fields.resource(comment.version, around.replies, &reactions);
    change.check_task(&scope, &task.key, || Error::Raced);
    change.event(&on_comment(call, &scope, &task, kind(ReactionEvent::new(&after, emoji))));
    call.commit(change, Json(after)).await
}
