//! analytics-distribution

use millrace_domain::{id::ProjectKey, task_filter::AnyOf};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole, answer::List};
use millrace_insight::{
    counters::{Counters, about_today},
    groups::{Grouping, TaskGroup, groups},
};
use schemars::JsonSchema;
use serde::Deserialize;

/// Which distribution is asked for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct DistributionQuery {
    /// What tasks are grouped by; their status if nobody says.
    #[serde(default)]
    pub by: Grouping,
    /// Project keys, with commas between them; all that the caller sees if nobody says.
    #[serde(default)]
    pub project: AnyOf<ProjectKey>,
}

/// Reads how tasks spread over statuses, priorities, people or labels, in the projects that the caller sees.
#[derive(Clone, JsonSchema)]
pub struct Distribution;

impl Endpoint for Distribution {
    const ROUTE: Route =
        Route::get("analytics-distribution", "/api/analytics/tasks/distribution").in_workspace(WorkspaceRole::Guest);
    type Uses = (Table<Read>,);
    type Path = Nothing;
    type Query = DistributionQuery;
    type Body = Nothing;
    type Output = Json<List<TaskGroup>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, query, about) = (call.table(), &call.query, about_today(call.now));
        let (scope, counters) = call
            .authorize(|scope| async move { Counters::read(table, &scope, about, Some(about), Some(about)).await })
            .await?;
        let shown = counters.seen_by(&scope, &query.project.0)?;
        Ok(Json(List::whole(groups(&shown, query.by)?)))
    }
}
