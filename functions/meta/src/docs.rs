//! `GET /api/docs`

use millrace_endpoint::{Call, Endpoint, Nothing, Result, Route, answer::Html};
use schemars::JsonSchema;

/// The reference as a page: every operation, who may call it, what it takes and answers, and every action, frame and
/// event of the live side.
#[derive(Clone, JsonSchema)]
pub struct Docs;

const PAGE: &str = include_str!("docs.html");

impl Endpoint for Docs {
    const ROUTE: Route = Route::get("meta-docs", "/api/docs").public();
    type Uses = ();
    type Path = Nothing;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Html;

    async fn handle(_: Call<Self>) -> Result<Html> {
        Ok(Html(PAGE.to_owned()))
    }
}
