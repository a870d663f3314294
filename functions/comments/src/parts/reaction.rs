//! Adding a reaction to a comment, and removing one.

use crate::parts::lookup::{Found, on_comment};
use millrace_domain::{
    Error,
    comment::{Comment, emoji::Emoji},
    event::EventType,
};
use millrace_endpoint::{Call, Endpoint, Json, Result, Table, Write};
use millrace_platform::path::ReactionPath;
use millrace_store::{Transaction, comment::CommentRecord};
use serde_json::json;

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
    let kind = match wanted {
        Reaction::Added => {
            reactions.check()?;
            change.react(&comment, emoji, scope.person());
            EventType::ReactionAdded
        }
        Reaction::Removed => {
            change.unreact(&comment, emoji, scope.person());
            EventType::ReactionRemoved
        }
    };
    let after = fields.resource(comment.version, around.replies, &reactions);
    change.check_task(&scope, &task.key, || Error::Raced);
    change.event(&on_comment(call, &scope, kind, &task, &after, json!({"emoji": emoji}))?);
    call.commit(change, Json(after)).await
}
