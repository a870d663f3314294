//! tasks-history

use millrace_domain::event::Event;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table, answer::List};
use millrace_platform::path::TaskPath;
use millrace_task_changes::Found;
use schemars::JsonSchema;
use serde::Deserialize;

/// Pagination of the history.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct HistoryQuery {
    /// The page size: 1 to 100. Defaults to 50.
    pub limit: Option<u8>,
    /// The cursor: `next` of the previous page.
    pub cursor: Option<String>,
}

/// Returns the events of a task, newest first.
#[derive(Clone, JsonSchema)]
pub struct TaskHistory;

impl Endpoint for TaskHistory {
    const ROUTE: Route = Route::get("tasks-history", "/api/tasks/{task}/history").needs(ProjectRole::Viewer);
    type Uses = (Table<Read>,);
    type Path = TaskPath;
    type Query = HistoryQuery;
    type Body = Nothing;
    type Output = Json<List<Event>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, task, now) = (call.table(), &call.path.task, call.now);
        let part = &call.part(call.query.limit, call.query.cursor.as_ref())?;
        let (_, (_, page)) = call
            .authorize(|scope| async move {
                futures::try_join!(Found::read(table, &scope, task, now), table.history(&scope, task, part))
            })
            .await?;
        Ok(Json(page.into()))
    }
}
