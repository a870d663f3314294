//! comments-react

use crate::parts::reaction::{Reaction, change_reaction};
use millrace_domain::comment::Comment;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Write};
use millrace_platform::path::ReactionPath;
use schemars::JsonSchema;

/// Adds an emoji reaction to a comment, from Unicode's list for interchange. Idempotent: each person reacts with an
/// emoji once.
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
        change_reaction(&call, Reaction::Added).await
    }
}
