//! analytics-user

use jiff::civil::Date;
use millrace_domain::{
    Error,
    id::{ProjectKey, UserId},
    task::filter::AnyOf,
};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole};
use millrace_insight::{
    counters::{Counters, about_today},
    figures::{Figures, Whose, Workload, trend_days, workload},
};
use millrace_platform::path::UserPath;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Filters of a person's figures.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct PeopleFiguresQuery {
    /// Project keys, separated by commas. Defaults to all projects that the caller sees.
    #[serde(default)]
    pub project: AnyOf<ProjectKey>,
    /// The first day of the trend. Defaults to 29 days before the last.
    pub from: Option<Date>,
    /// The last day of the trend, at most 92 days after the first. Defaults to today.
    pub to: Option<Date>,
}

/// The figures of a person, over the projects that the caller sees.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct UserFigures {
    /// The person.
    pub person: UserId,
    /// Their activity.
    #[serde(flatten)]
    pub figures: Figures,
    /// Totals of their open work.
    pub workload: Workload,
}

/// Returns the activity and open work of a person, over the projects that the caller sees.
#[derive(Clone, JsonSchema)]
pub struct UserStats;

impl Endpoint for UserStats {
    const ROUTE: Route =
        Route::get("analytics-user", "/api/analytics/users/{user_id}/stats").in_workspace(WorkspaceRole::Guest);
    type Uses = (Table<Read>,);
    type Path = UserPath;
    type Query = PeopleFiguresQuery;
    type Body = Nothing;
    type Output = Json<UserFigures>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, query, about, person) = (call.table(), &call.query, about_today(call.now), &call.path.user_id);
        let (scope, (counters, _)) = call
            .authorize(|scope| async move {
                let counters = Counters::read(table, &scope, about, query.from, query.to);
                futures::try_join!(counters, table.member(&scope, person))
            })
            .await?;
        let shown = counters.seen_by(&scope, &query.project.0)?;
        let today = shown.today(call.now);
        let span = trend_days(query.from, query.to, today)?;
        let whose = Whose::People(vec![person.clone()]);
        let own = workload(&shown, today, &whose).pop();
        Ok(Json(UserFigures {
            person: person.clone(),
            figures: Figures::of(&shown, today, span, &whose),
            workload: own.ok_or_else(|| Error::internal("a person without a workload"))?,
        }))
    }
}
