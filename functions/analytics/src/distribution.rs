//! analytics-distribution

use crate::parts::filter::Asked;
use millrace_domain::{
    Error,
    id::{LabelId, ProjectKey, TeamId, UserId},
    task::filter::AnyOf,
};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole, answer::List};
use millrace_insight::{
    counters::about_today,
    groups::{Grouping, TaskGroup, groups},
};
use schemars::JsonSchema;
use serde::Deserialize;

/// Which distribution is asked for. Of person, team and label one is taken: counters are kept for each of them alone.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct DistributionQuery {
    /// What tasks are grouped by; their status if nobody says.
    #[serde(default)]
    pub by: Grouping,
    /// Project keys, with commas between them; all that the caller sees if nobody says.
    #[serde(default)]
    pub project: AnyOf<ProjectKey>,
    /// Only what this person works on; not with `by=label`.
    pub person: Option<UserId>,
    /// Only what the people of this team work on, one of two people counting for each; not with `by=label`.
    pub team: Option<TeamId>,
    /// Only what has this label; not with `by=assignee`.
    pub label: Option<LabelId>,
}

/// Reads how tasks spread over statuses, priorities, people or labels, in the projects that the caller sees.
///
/// It is how they stand now, so no days are asked for.
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
        let (query, about) = (&call.query, about_today(call.now));
        let asked = Asked { person: query.person.as_ref(), team: query.team.as_ref(), label: query.label.as_ref() };
        let (scope, counters, whose) = asked.read(&call, Some(about), Some(about)).await?;
        let shown = counters.seen_by(&scope, &query.project.0)?;
        if !query.by.is_kept_for(&whose) {
            return Err(Error::field("by", "is not counted so: people and labels are counted apart from each other"));
        }
        Ok(Json(List::whole(groups(&shown, query.by, &whose)?)))
    }
}
