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

/// Which figures of a project are asked for. Of person, team and label one is taken: counters are kept for each of them
/// alone.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct ProjectFiguresQuery {
    /// What this person did in it, and what they work on.
    pub person: Option<UserId>,
    /// What the people of this team did in it, and what they work on.
    pub team: Option<TeamId>,
    /// What has this label.
    pub label: Option<LabelId>,
    /// The first day of the trend; 29 days before the last if nobody says.
    pub from: Option<Date>,
    /// The last day of the trend, at most 92 days from the first; today if nobody says.
    pub to: Option<Date>,
}

/// The figures of a project.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ProjectFigures {
    /// What happened, and what stands open.
    #[serde(flatten)]
    pub figures: Figures,
    /// What people work on, the most first. Empty where a label is asked for: what of it is whose is not counted.
    pub workload: Vec<Workload>,
    /// Who did the most in the days of the trend. Empty where a label is asked for.
    pub contributors: Vec<Contribution>,
    /// Open tasks by their priority.
    pub by_priority: Vec<TaskGroup>,
    /// Open tasks by their labels. Empty where a person or a team is asked for.
    pub by_label: Vec<TaskGroup>,
}

/// Reads the figures of a project.
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
