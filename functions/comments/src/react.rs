//! comments-react

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

/// Reacts to a comment with an emoji, of Unicode's list for interchange. A person reacts with each once; doing it again
/// changes nothing.
#[derive(Clone, JsonSchema)]
pub struct React;

impl Endpoint for React {
    const ROUTE: Route = Route::put("comments-react", "/api/tasks/{task}/comments/{comment_id}/reactions/{emoji}")
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
        if !reactions.add(emoji, scope.person()) {
            return Ok(Json(comment.resource()));
        }
        reactions.check()?;
        let reacted = fields.resource(comment.version, around.replies, &reactions);

        let mut change = Transaction::by(&scope);
        change.react(&comment, emoji, scope.person());
        change.check_task(&scope, &task.key, || Error::Raced);
        let more = json!({"emoji": emoji});
        change.event(&on_comment(&call, &scope, EventType::ReactionAdded, &task, &reacted, more)?);
        call.commit(change, Json(reacted)).await
    }
}
