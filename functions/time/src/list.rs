//! time-list

use millrace_domain::time::TimeLog;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table, answer::List};
use millrace_platform::path::TaskPath;
use millrace_store::table::Part;
use schemars::JsonSchema;
use serde::Deserialize;

/// Pagination of the time logs.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct TimeLogsQuery {
    /// The page size: 1 to 100. Defaults to 50.
    pub limit: Option<u8>,
    /// The cursor: `next` of the previous page.
    pub cursor: Option<String>,
}

/// Lists the time logged on a task, newest first.
#[derive(Clone, JsonSchema)]
pub struct ListTime;

impl Endpoint for ListTime {
    const ROUTE: Route = Route::get("time-list", "/api/tasks/{task}/time-logs").needs(ProjectRole::Viewer);
    type Uses = (Table<Read>,);
    type Path = TaskPath;
    type Query = TimeLogsQuery;
    type Body = Nothing;
    type Output = Json<List<TimeLog>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, task) = (call.table(), &call.path.task);
        let part = call.part(call.query.limit, call.query.cursor.as_ref())?;
        let part = &Part { newest_first: true, ..part };
        let (_, page) = call.authorize(|scope| async move { table.time_logs(&scope, task, part).await }).await?;
        Ok(Json(page.map(|log| log.value.resource(log.version)).into()))
    }
}
