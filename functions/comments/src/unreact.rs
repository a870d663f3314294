//! comments-unreact

use crate::parts::lookup::{Found, expect_live, on_comment};
use millrace_domain::{
    Error,
    comment::{Comment, emoji::Emoji},
    event::EventType,
};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Write, path::ReactionPath};
use millrace_store::{Transaction, comment::CommentRecord};
use schemars::JsonSchema;
use serde_json::json;

/// Takes the caller's own reaction to a comment back. Doing it again changes nothing.
#[derive(Clone, JsonSchema)]
pub struct Unreact;

impl Endpoint for Unreact {
    const ROUTE: Route = Route::delete("comments-unreact", "/api/tasks/{task}/comments/{comment_id}/reactions/{emoji}")
        .needs(ProjectRole::Viewer);
    type Uses = (Table<Write>,);
    type Path = ReactionPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<Comment>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, path, now): (&Table<Write>, _, _) = (call.table(), &call.path, call.now);
        let read = |scope| async move { Found::read(table, &scope, &path.task, &path.comment_id, now).await };
        let (scope, Found { task, comment }) = call.authorize(read).await?;
        let emoji = Emoji::new(&path.emoji).map_err(|wrong| Error::field("emoji", wrong))?;
        expect_live(&task)?;
        let CommentRecord { fields, around } = &comment.value;
        let mut reactions = around.reactions.clone();
        if !reactions.remove(emoji, scope.person()) {
            return Ok(Json(comment.resource()));
        }
        let left = fields.resource(comment.version, around.replies, &reactions);

        let mut change = Transaction::by(&scope);
        change.unreact(&comment, emoji, scope.person());
        change.check_task(&scope, &task.key, || Error::Raced);
        let more = json!({"emoji": emoji});
        change.event(&on_comment(&call, &scope, EventType::ReactionRemoved, &task, &left, more)?);
        call.commit(change, Json(left)).await
    }
}
