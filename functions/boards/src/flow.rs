//! boards-flow

use jiff::{SignedDuration, ToSpan, civil::Date};
use millrace_domain::{
    Error,
    calendar::Calendar,
    flow::{Fact, Flow, reckon},
};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table, path::BoardPath};
use millrace_store::{due::DueIndex, task::TaskRecord};
use schemars::JsonSchema;
use serde::Deserialize;

/// How many days are shown if nobody says.
const DEFAULT_DAYS: i32 = 30;
/// The most days that one answer shows.
const MOST_DAYS: i32 = 366;
/// Nothing happened before.
const FIRST_DAY: Date = Date::constant(2000, 1, 1);
/// How much further back the steps are read, so that it is known when work began on what was done.
const LOOK_BACK: SignedDuration = SignedDuration::from_hours(180 * 24);

/// Which days are asked for, in the workspace's time zone.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct FlowQuery {
    /// The first day; 30 days up to the last one if nobody says.
    pub from: Option<Date>,
    /// The last day, at most 366 days in all; today if nobody says, and no later.
    pub to: Option<Date>,
}

impl FlowQuery {
    fn days(&self, today: Date) -> Result<(Date, Date)> {
        let to = self.to.map_or(today, |to| to.min(today));
        let from = self.from.unwrap_or_else(|| to.saturating_sub((DEFAULT_DAYS - 1).days()));
        if from > to {
            let field = if self.to.is_some_and(|to| from > to) { "to" } else { "from" };
            return Err(Error::field(field, "leaves no day that has begun"));
        }
        if from.saturating_add(MOST_DAYS.days()) <= to {
            return Err(Error::field("from", format!("makes more than {MOST_DAYS} days")));
        }
        Ok((from, to))
    }
}

/// Shows how work flows over a board: where tasks were each day, how long they took, how many were done each week, and
/// how old what is worked on is.
///
/// What was done is counted where it is done now. A task's beginning is known where it is at most 180 days before the
/// first day that is asked for.
#[derive(Clone, JsonSchema)]
pub struct BoardFlow;

impl Endpoint for BoardFlow {
    const ROUTE: Route =
        Route::get("boards-flow", "/api/boards/{board_id}/flow").needs(ProjectRole::Viewer).memory(512);
    type Uses = (Table<Read>, DueIndex);
    type Path = BoardPath;
    type Query = FlowQuery;
    type Body = Nothing;
    type Output = Json<Flow>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (board_id, now) = (&call.path.board_id, call.now);
        let (table, index) = (call.table(), call.uses::<DueIndex, _>());
        let project = board_id.project();
        // The days begin where the workspace is, which is not known yet: a day more is read, and not counted.
        let last = call.query.to.unwrap_or_else(|| Calendar::default().day_at(now));
        let earliest = call.query.from.unwrap_or_else(|| last.saturating_sub((DEFAULT_DAYS + 1).days()));
        let since = Calendar::default().end_of(earliest.max(FIRST_DAY)) - LOOK_BACK;
        let (_, (board, live, archived, calendar, steps)) = call
            .authorize(|scope| async move {
                futures::try_join!(
                    table.board(&scope, board_id),
                    table.tasks(&scope, project, false),
                    table.tasks(&scope, project, true),
                    table.calendar(&scope),
                    index.steps(&scope, board_id, since),
                )
            })
            .await?;
        let days = call.query.days(calendar.day_at(now))?;
        let mut facts = Vec::with_capacity(live.len() + archived.len());
        for task in live.iter().chain(&archived).filter(|task| task.value.0.board_id == *board_id) {
            let TaskRecord(fields, _) = &task.value;
            facts.push(Fact {
                key: fields.key.clone(),
                title: fields.title.clone(),
                status: if fields.archived_at.is_none() { Some(board.status(fields)?) } else { None },
                created_at: fields.created_at,
                column_since: fields.column_since,
            });
        }
        Ok(Json(reckon(project, steps, &facts, &calendar, days, now)))
    }
}
