//! analytics-dashboard

use crate::filter::FiguresQuery;
use jiff::Timestamp;
use millrace_domain::id::ProjectKey;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole};
use millrace_insight::{
    counters::{Counters, about_today},
    figures::{Contribution, Figures, Whose, Workload, contributions, workload},
};
use millrace_store::counters::DriftRecord;
use schemars::JsonSchema;
use serde::Serialize;

/// The most contributors that a dashboard names.
const MOST_CONTRIBUTORS: usize = 10;

/// The figures of a workspace, as far as the caller sees its projects.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DashboardFigures {
    /// What happened, and what stands open.
    #[serde(flatten)]
    pub figures: Figures,
    /// What people work on, the most first.
    pub workload: Vec<Workload>,
    /// Who did the most in the days of the trend, at most ten.
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
    /// Tasks whose logged time was wrong.
    pub repaired_tasks: u32,
}

impl DriftFound {
    fn of(project: ProjectKey, drift: &DriftRecord) -> Self {
        let DriftRecord { at, missed_events, repaired_numbers, repaired_tasks } = *drift;
        Self { project, at, missed_events, repaired_numbers, repaired_tasks }
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
        query.check()?;
        let (scope, (counters, team, drifts)) = call
            .authorize(|scope| async move {
                let team = async {
                    match &query.team {
                        Some(team) => table.team(&scope, team).await.map(Some),
                        None => Ok(None),
                    }
                };
                futures::try_join!(
                    Counters::read(table, &scope, about, query.from, query.to),
                    team,
                    table.drifts(&scope)
                )
            })
            .await?;
        let shown = counters.seen_by(&scope, &query.project.0)?;
        let today = shown.today(call.now);
        let span = query.days(today)?;
        let people = match (&query.person, team) {
            (Some(person), _) => Some(vec![person.clone()]),
            (None, team) => team.map(|team| team.value.members),
        };
        let whose = match (&people, &query.label) {
            (Some(people), _) => Whose::People(people.clone()),
            (None, Some(label)) => Whose::Label(label.clone()),
            (None, None) => Whose::All,
        };
        let mut contributors = contributions(&shown, span, people.as_deref());
        contributors.truncate(MOST_CONTRIBUTORS);
        Ok(Json(DashboardFigures {
            figures: Figures::of(&shown, today, span, &whose),
            workload: workload(&shown, today, people.as_deref()),
            contributors,
            drifts: drifts
                .iter()
                .filter(|(project, _)| scope.role_in(project).is_some())
                .map(|(project, drift)| DriftFound::of(project.clone(), drift))
                .collect(),
        }))
    }
}
