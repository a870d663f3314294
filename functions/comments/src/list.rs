//! comments-list

use millrace_domain::comment::Comment;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table, answer::List};
use millrace_platform::path::TaskPath;
use schemars::JsonSchema;
use serde::Deserialize;

/// Pagination of the comments.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct CommentsQuery {
    /// The page size: 1 to 100. Defaults to 50.
    pub limit: Option<u8>,
    /// The cursor: `next` of the previous page.
    pub cursor: Option<String>,
}

/// Lists a task's comments, oldest first, with reactions and previous versions.
///
/// Threads have one level: `reply_to` is always the first comment of a thread. A removed comment is left out, or
/// returned without `body` while it has replies.
#[derive(Clone, JsonSchema)]
pub struct ListComments;

impl Endpoint for ListComments {
    const ROUTE: Route = Route::get("comments-list", "/api/tasks/{task}/comments").needs(ProjectRole::Viewer);
    type Uses = (Table<Read>,);
    type Path = TaskPath;
    type Query = CommentsQuery;
    type Body = Nothing;
    type Output = Json<List<Comment>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let part = &call.part(call.query.limit, call.query.cursor.as_ref())?;
        let (table, task, now) = (call.table(), &call.path.task, call.now);
        let read = |scope| async move {
            futures::try_join!(table.task_fields(&scope, task, now), table.comments(&scope, task, part))
        };
        let (_, (_, mut page)) = call.authorize(read).await?;
        page.items.retain(|comment| !comment.is_nothing());
        Ok(Json(page.map(|comment| comment.resource()).into()))
    }
}
