//! comments-unreact

use crate::parts::reaction::{Reaction, change_reaction};
use millrace_domain::comment::Comment;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Write};
use millrace_platform::path::ReactionPath;
use schemars::JsonSchema;

/// Removes the caller's reaction from a comment. Idempotent.
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
        change_reaction(&call, Reaction::Removed).await
    }
}
