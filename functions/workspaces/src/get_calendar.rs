//! workspaces-get-calendar

use crate::parts::calendar::WorkspaceCalendar;
use millrace_endpoint::{Call, Endpoint, Nothing, Read, Result, Route, Table, Tagged, WorkspaceRole};
use millrace_platform::path::WorkspacePath;
use schemars::JsonSchema;

/// Returns the workspace's time zone, working days, hours and holidays. Defaults to UTC, Monday to Friday, 09:00 to
/// 17:00.
#[derive(Clone, JsonSchema)]
pub struct GetCalendar;

impl Endpoint for GetCalendar {
    const ROUTE: Route = Route::get("workspaces-get-calendar", "/api/workspaces/{workspace_id}/calendar")
        .in_workspace(WorkspaceRole::Member);
    type Uses = (Table<Read>,);
    type Path = WorkspacePath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Tagged<WorkspaceCalendar>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let table = call.table();
        let (_, settled) = call.authorize(|scope| async move { table.settled_calendar(&scope).await }).await?;
        Ok(Tagged(WorkspaceCalendar::of(settled.as_ref())))
    }
}
