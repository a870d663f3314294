//! analytics-dashboard

use crate::parts::filter::Asked;
use jiff::{Timestamp, civil::Date};
use millrace_domain::{
    id::{LabelId, ProjectKey, TeamId, UserId},
    task::filter::AnyOf,
};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole};
use millrace_insight::{
    counters::{Counters, about_today},
    figures::{Contribution, Figures, Workload, contributions, trend_days, workload},
};
use millrace_store::counters::DriftRecord;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Filters of the figures. Takes at most one of person, team and label, since counters are kept for each separately.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct FiguresQuery {
    /// Project keys, separated by commas. Defaults to all projects that the caller sees.
    #[serde(default)]
    pub project: AnyOf<ProjectKey>,
    /// Only what this person did and is assigned to.
    pub person: Option<UserId>,
    /// Only what members of this team did and are assigned to.
    pub team: Option<TeamId>,
    /// Only tasks with this label.
    pub label: Option<LabelId>,
    /// The first day of the trend. Defaults to 29 days before the last.
    pub from: Option<Date>,
    /// The last day of the trend, at most 92 days after the first. Defaults to today.
    pub to: Option<Date>,
}

/// The maximum number of contributors in a dashboard.
const MOST_CONTRIBUTORS: usize = 10;

/// The figures of a workspace, over the projects that the caller sees.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DashboardFigures {
    /// Activity and open work.
    #[serde(flatten)]
    pub figures: Figures,
    /// Open work per assignee, most first. Empty if the figures are filtered by label, since counters are not kept per
    /// label and person.
    pub workload: Vec<Workload>,
    /// The most active people during the trend, at most ten. Empty if the figures are filtered by label.
    pub contributors: Vec<Contribution>,
    /// Corrections made by the last nightly recount, in the projects that the caller sees. Empty if there was none.
    pub drifts: Vec<DriftFound>,
}

/// A correction of a project's counters.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DriftFound {
    /// The project.
    pub project: ProjectKey,
    /// When the difference was found.
    pub at: Timestamp,
    /// Events that had not been counted.
    pub missed_events: u32,
    /// Corrected counters of open work.
    pub repaired_numbers: u32,
    /// Corrected daily counters.
    pub repaired_day_numbers: u32,
    /// Tasks with a corrected counter: comments, files, logged time, subtasks or blocking links.
    pub repaired_tasks: u32,
}

impl DriftFound {
    fn of(project: ProjectKey, drift: &DriftRecord) -> Self {
        let DriftRecord { at, missed_events, repaired_numbers, repaired_day_numbers, repaired_tasks } = *drift;
        Self { project, at, missed_events, repaired_numbers, repaired_day_numbers, repaired_tasks }
    }
}

/// Returns the figures of the workspace: today, the last 7 and 30 days, a trend, open work, and work per assignee.
///
/// Includes only projects that the caller sees. Reads counters that follow each event within moments.
#[derive(Clone, JsonSchema)]
pub struct Dashboard;

impl Endpoint for Dashboard {
    const ROUTE: Route =
        Route::get("analytics-dashboard", "/api/analytics/dashboard").in_workspace(WorkspaceRole::Guest);
    type Uses = (Table<Read>,);
    type Path = Nothing;
    type Query = FiguresQuery;
    type Body = Nothing;
    type Output = Json<DashboardFigures>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, query, about) = (call.table(), &call.query, about_today(call.now));
        let asked = Asked { person: query.person.as_ref(), team: query.team.as_ref(), label: query.label.as_ref() };
        asked.check()?;
        let (scope, (counters, team, drifts)) = call
            .authorize(|scope| async move {
                futures::try_join!(
                    Counters::read(table, &scope, about, query.from, query.to),
                    asked.team(table, &scope),
                    table.drifts(&scope)
                )
            })
            .await?;
        let shown = counters.seen_by(&scope, &query.project.0)?;
        let today = shown.today(call.now);
        let span = trend_days(query.from, query.to, today)?;
        let whose = asked.whose(team);
        let mut contributors = contributions(&shown, span, &whose);
        contributors.truncate(MOST_CONTRIBUTORS);
        Ok(Json(DashboardFigures {
            figures: Figures::of(&shown, today, span, &whose),
            workload: workload(&shown, today, &whose),
            contributors,
            drifts: drifts
                .iter()
                .filter(|(project, _)| scope.role_in(project).is_some())
                .map(|(project, drift)| DriftFound::of(project.clone(), drift))
                .collect(),
        }))
    }
}
