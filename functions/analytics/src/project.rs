//! analytics-project

use crate::parts::filter::Asked;
use jiff::civil::Date;
use millrace_domain::id::{LabelId, TeamId, UserId};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table};
use millrace_insight::{
    figures::{Contribution, Figures, Workload, contributions, trend_days, workload},
    groups::{Grouping, TaskGroup, groups},
};
use millrace_platform::path::ProjectPath;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Filters of a project's figures. Takes at most one of person, team and label, since counters are kept for each
/// separately.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct ProjectFiguresQuery {
    /// Only what this person did and is assigned to in the project.
    pub person: Option<UserId>,
    /// Only what members of this team did and are assigned to in the project.
    pub team: Option<TeamId>,
    /// Only tasks with this label.
    pub label: Option<LabelId>,
    /// The first day of the trend. Defaults to 29 days before the last.
    pub from: Option<Date>,
    /// The last day of the trend, at most 92 days after the first. Defaults to today.
    pub to: Option<Date>,
}

/// The figures of a project.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ProjectFigures {
    /// Activity and open work.
    #[serde(flatten)]
    pub figures: Figures,
    /// Open work per assignee, most first. Empty if the figures are filtered by label, since counters are not kept per
    /// label and person.
    pub workload: Vec<Workload>,
    /// The most active people during the trend. Empty if the figures are filtered by label.
    pub contributors: Vec<Contribution>,
    /// Open tasks by priority.
    pub by_priority: Vec<TaskGroup>,
    /// Open tasks by label. Empty if the figures are filtered by person or team.
    pub by_label: Vec<TaskGroup>,
}

/// Returns the figures of a project.
#[derive(Clone, JsonSchema)]
pub struct ProjectAnalytics;

impl Endpoint for ProjectAnalytics {
    const ROUTE: Route =
        Route::get("analytics-project", "/api/projects/{project}/analytics").needs(ProjectRole::Viewer);
    type Uses = (Table<Read>,);
    type Path = ProjectPath;
    type Query = ProjectFiguresQuery;
    type Body = Nothing;
    type Output = Json<ProjectFigures>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let query = &call.query;
        let asked = Asked { person: query.person.as_ref(), team: query.team.as_ref(), label: query.label.as_ref() };
        let (scope, counters, whose) = asked.read(&call, query.from, query.to).await?;
        let shown = counters.seen_by(&scope, std::slice::from_ref(&call.path.project))?;
        let today = shown.today(call.now);
        let span = trend_days(query.from, query.to, today)?;
        Ok(Json(ProjectFigures {
            figures: Figures::of(&shown, today, span, &whose),
            workload: workload(&shown, today, &whose),
            contributors: contributions(&shown, span, &whose),
            by_priority: groups(&shown, Grouping::Priority, &whose)?,
            by_label: groups(&shown, Grouping::Label, &whose)?,
        }))
    }
}
