//! boards-events

use millrace_domain::{event::Event, id::EventId};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table, answer::List};
use millrace_platform::path::BoardPath;
use schemars::JsonSchema;
use serde::Deserialize;

/// Pagination of a board's events.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct EventsQuery {
    /// The id of the last event the caller knows. Returns later events, oldest first. Without it, returns the newest
    /// first.
    pub after: Option<EventId>,
    /// The page size: 1 to 100. Defaults to 50.
    pub limit: Option<u8>,
    /// The cursor: `next` of the previous page.
    pub cursor: Option<String>,
}

/// Returns events of a board and its project: as a timeline, or those after a known event.
#[derive(Clone, JsonSchema)]
pub struct BoardEvents;

impl Endpoint for BoardEvents {
    const ROUTE: Route = Route::get("boards-events", "/api/boards/{board_id}/events").needs(ProjectRole::Viewer);
    type Uses = (Table<Read>,);
    type Path = BoardPath;
    type Query = EventsQuery;
    type Body = Nothing;
    type Output = Json<List<Event>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, board_id, query) = (call.table(), &call.path.board_id, &call.query);
        let part = &call.part(query.limit, query.cursor.as_ref())?;
        let (_, (_, page)) = call
            .authorize(|scope| async move {
                let events = async {
                    match query.after {
                        Some(after) => table.events_after(&scope, board_id, after, part).await,
                        None => table.timeline(&scope, board_id, part).await,
                    }
                };
                futures::try_join!(table.board(&scope, board_id), events)
            })
            .await?;
        Ok(Json(page.into()))
    }
}
