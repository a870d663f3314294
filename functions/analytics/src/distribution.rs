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

/// Filters of the distribution. Takes at most one of person, team and label, since counters are kept for each
/// separately.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct DistributionQuery {
    /// The field to group tasks by. Defaults to status.
    #[serde(default)]
    pub by: Grouping,
    /// Project keys, separated by commas. Defaults to all projects that the caller sees.
    #[serde(default)]
    pub project: AnyOf<ProjectKey>,
    /// Only tasks assigned to this person. Not allowed with `by=label`.
    pub person: Option<UserId>,
    /// Only tasks assigned to members of this team; a task with two assignees counts twice. Not allowed with
    /// `by=label`.
    pub team: Option<TeamId>,
    /// Only tasks with this label. Not allowed with `by=assignee`.
    pub label: Option<LabelId>,
}

/// Returns the number of open tasks by status, priority, assignee or label, in the projects that the caller sees.
///
/// Describes the current state, so it takes no date range.
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
