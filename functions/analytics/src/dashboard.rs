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

/// Which figures are asked for. Of person, team and label one is taken: counters are kept for each of them alone.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct FiguresQuery {
    /// Project keys, with commas between them; all that the caller sees if nobody says.
    #[serde(default)]
    pub project: AnyOf<ProjectKey>,
    /// What this person did, and what they work on.
    pub person: Option<UserId>,
    /// What the people of this team did, and what they work on.
    pub team: Option<TeamId>,
    /// What has this label.
    pub label: Option<LabelId>,
    /// The first day of the trend; 29 days before the last if nobody says.
    pub from: Option<Date>,
    /// The last day of the trend, at most 92 days from the first; today if nobody says.
    pub to: Option<Date>,
}

/// The most contributors that a dashboard names.
const MOST_CONTRIBUTORS: usize = 10;

/// The figures of a workspace, as far as the caller sees its projects.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DashboardFigures {
    /// What happened, and what stands open.
    #[serde(flatten)]
    pub figures: Figures,
    /// What people work on, the most first. Empty where a label is asked for: what of it is whose is not counted.
    pub workload: Vec<Workload>,
    /// Who did the most in the days of the trend, at most ten. Empty where a label is asked for.
    pub contributors: Vec<Contribution>,
    /// Where a nightly recount found counters to be off the last time, in the projects that the caller sees. Empty
    /// where none ever was.
    pub drifts: Vec<DriftFound>,
}

/// That counters of a project were off, and were put right.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DriftFound {
    /// The project.
    pub project: ProjectKey,
    /// When it was found.
    pub at: Timestamp,
    /// Events that no delivery had counted.
    pub missed_events: u32,
    /// Numbers of what stands open that were wrong.
    pub repaired_numbers: u32,
    /// Numbers of single days that were wrong.
    pub repaired_day_numbers: u32,
    /// Tasks that had something wrong counted beside them: comments, files, logged time, parts or what blocks them.
    pub repaired_tasks: u32,
}

impl DriftFound {
    fn of(project: ProjectKey, drift: &DriftRecord) -> Self {
        let DriftRecord { at, missed_events, repaired_numbers, repaired_day_numbers, repaired_tasks } = *drift;
        Self { project, at, missed_events, repaired_numbers, repaired_day_numbers, repaired_tasks }
    }
}

/// Reads the figures of the workspace: today, the last 7 and 30 days, a trend, what stands open and who works on what.
///
/// Only projects that the caller sees are in the sums. Read from counters, which follow an event within moments.
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
