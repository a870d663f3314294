//! analytics-team

use crate::user::PeopleFiguresQuery;
use millrace_domain::resource::Team;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole};
use millrace_insight::{
    counters::{Counters, about_today},
    figures::{Contribution, Figures, Whose, Workload, contributions, trend_days, workload},
};
use millrace_platform::path::TeamPath;
use schemars::JsonSchema;
use serde::Serialize;

/// The figures of a team, over the projects that the caller sees.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TeamFigures {
    /// The team.
    pub team: Team,
    /// Activity and open work of its members.
    #[serde(flatten)]
    pub figures: Figures,
    /// Activity per member during the trend.
    pub contributors: Vec<Contribution>,
    /// Open work per member.
    pub workload: Vec<Workload>,
}

/// Returns the activity and open work of a team, over the projects that the caller sees.
#[derive(Clone, JsonSchema)]
pub struct TeamPerformance;

impl Endpoint for TeamPerformance {
    const ROUTE: Route =
        Route::get("analytics-team", "/api/analytics/teams/{team_id}/performance").in_workspace(WorkspaceRole::Member);
    type Uses = (Table<Read>,);
    type Path = TeamPath;
    type Query = PeopleFiguresQuery;
    type Body = Nothing;
    type Output = Json<TeamFigures>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, query, about, id) = (call.table(), &call.query, about_today(call.now), &call.path.team_id);
        let (scope, (counters, team)) = call
            .authorize(|scope| async move {
                let counters = Counters::read(table, &scope, about, query.from, query.to);
                futures::try_join!(counters, table.team(&scope, id))
            })
            .await?;
        let shown = counters.seen_by(&scope, &query.project.0)?;
        let today = shown.today(call.now);
        let span = trend_days(query.from, query.to, today)?;
        let whose = Whose::People(team.value.members.clone());
        Ok(Json(TeamFigures {
            figures: Figures::of(&shown, today, span, &whose),
            contributors: contributions(&shown, span, &whose),
            workload: workload(&shown, today, &whose),
            team: team.value.resource(team.version),
        }))
    }
}
