//! comments-edit

use crate::parts::{
    lookup::{Found, on_comment},
    mentions::Mentioned,
};
use millrace_domain::{
    Error,
    comment::{Comment, CommentBody},
    event::{EventData, payload::CommentMentions},
    id::UserId,
};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Tagged, Write, call::to_value,
};
use millrace_platform::path::CommentPath;
use millrace_store::{Transaction, comment::CommentRecord};
use schemars::JsonSchema;
use serde::Deserialize;

/// The new text of a comment.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentChange {
    /// The text as Markdown, with mentions as in a new comment.
    pub body: CommentBody,
}

/// Edits the caller's own comment. The previous text is kept in `earlier`.
///
/// Only people who are mentioned for the first time are notified. Earlier mentions may stay even if the person has left
/// the project.
#[derive(Clone, JsonSchema)]
pub struct EditComment;

impl Endpoint for EditComment {
    const ROUTE: Route =
        Route::patch("comments-edit", "/api/tasks/{task}/comments/{comment_id}").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = CommentPath;
    type Query = Nothing;
    type Body = Json<CommentChange>;
    type Output = Tagged<Comment>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, path, sent, now): (&Table<Write>, _, _, _) = (call.table(), &call.path, &call.body.0, call.now);
        let mentioned = Mentioned::of(&sent.body);
        let people = &mentioned;
        let (scope, (found, members)) = call
            .authorize(|scope| async move {
                let found = Found::read(table, &scope, &path.task, &path.comment_id, now);
                futures::try_join!(found, people.read(table, &scope))
            })
            .await?;
        let Found { task, comment } = &found;
        if comment.value.fields.author != *scope.person() {
            return Err(Error::Forbidden("Only its author may edit a comment.".to_owned()));
        }
        task.check_live()?;
        call.expect_version(comment.version, || to_value(&comment.resource()))?;
        let CommentRecord { fields: before, around } = &comment.value;
        let mentions = mentioned.check(path.task.project(), &members, &before.mentions)?;
        if before.body.as_ref() == Some(&sent.body) {
            return Ok(Tagged(comment.resource()));
        }
        let new: Vec<UserId> = mentions.iter().filter(|person| !before.mentions.contains(person)).cloned().collect();
        let mut fields = before.clone();
        fields.edit(sent.body.clone(), mentions, now)?;

        let mut change = Transaction::by(&scope);
        let version = change.edit_comment(comment, &fields);
        change.check_task(&scope, &task.key, || Error::Raced);
        let edited = fields.resource(version, around.replies, &around.reactions);
        let data = EventData::CommentUpdated(CommentMentions::new(&edited, new));
        change.event(&on_comment(&call, &scope, task, data));
        call.commit(change, Tagged(edited)).await
    }
}
