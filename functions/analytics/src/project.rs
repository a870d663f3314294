//! analytics-project

use crate::user::TrendQuery;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table, path::ProjectPath};
use millrace_insight::{
    counters::{Counters, about_today},
    figures::{Contribution, Figures, Whose, Workload, contributions, trend_days, workload},
    groups::{Grouping, TaskGroup, groups},
};
use schemars::JsonSchema;
use serde::Serialize;

/// The figures of a project.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ProjectFigures {
    /// What happened, and what stands open.
    #[serde(flatten)]
    pub figures: Figures,
    /// What people work on, the most first.
    pub workload: Vec<Workload>,
    /// Who did the most in the days of the trend.
    pub contributors: Vec<Contribution>,
    /// Open tasks by their priority.
    pub by_priority: Vec<TaskGroup>,
    /// Open tasks by their labels.
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
    type Query = TrendQuery;
    type Body = Nothing;
    type Output = Json<ProjectFigures>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, query, about) = (call.table(), &call.query, about_today(call.now));
        let (scope, counters) = call
            .authorize(|scope| async move { Counters::read(table, &scope, about, query.from, query.to).await })
            .await?;
        let shown = counters.seen_by(&scope, std::slice::from_ref(&call.path.project))?;
        let today = shown.today(call.now);
        let span = trend_days(query.from, query.to, today)?;
        Ok(Json(ProjectFigures {
            figures: Figures::of(&shown, today, span, &Whose::All),
            workload: workload(&shown, today, None),
            contributors: contributions(&shown, span, None),
            by_priority: groups(&shown, Grouping::Priority)?,
            by_label: groups(&shown, Grouping::Label)?,
        }))
    }
}
