//! comments-remove

use crate::parts::lookup::{Found, on_comment};
use millrace_domain::{Error, event::EventData};
use millrace_endpoint::{Call, Endpoint, NoContent, Nothing, ProjectRole, Result, Route, Table, Write, call::to_value};
use millrace_platform::path::CommentPath;
use millrace_store::{Transaction, task::Counter};
use schemars::JsonSchema;

/// Removes a comment: the caller's own or, for admins of the project, any. A comment with replies leaves a placeholder
/// in the thread.
#[derive(Clone, JsonSchema)]
pub struct RemoveComment;

impl Endpoint for RemoveComment {
    const ROUTE: Route =
        Route::delete("comments-remove", "/api/tasks/{task}/comments/{comment_id}").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = CommentPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = NoContent;

    async fn handle(call: Call<Self>) -> Result<NoContent> {
        let (table, path, now): (&Table<Write>, _, _) = (call.table(), &call.path, call.now);
        let read = |scope| async move { Found::read(table, &scope, &path.task, &path.comment_id, now).await };
        let (scope, Found { task, comment }) = call.authorize(read).await?;
        let fields = &comment.value.fields;
        if fields.author != *scope.person() && !scope.project_role().covers(ProjectRole::Admin) {
            return Err(Error::Forbidden(
                "Only its author or an admin of the project may remove a comment.".to_owned(),
            ));
        }
        task.check_live()?;
        call.expect_version(comment.version, || to_value(&comment.resource()))?;
        let mut left = fields.clone();
        left.empty();
        let left = left.resource(comment.version + 1, comment.value.around.replies, &comment.value.around.reactions);

        let mut change = Transaction::by(&scope);
        change.remove_comment(&scope, &comment);
        change.count(&scope, &task.key, Counter::Comments, -1);
        change.event(&on_comment(&call, &scope, &task, EventData::CommentRemoved((&left).into())));
        call.commit(change, NoContent).await
    }
}
