//! workspaces-put-calendar

use crate::parts::calendar::WorkspaceCalendar;
use millrace_domain::time::calendar::Calendar;
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, Result, Route, Table, Tagged, WorkspaceRole, Write, call::to_value,
};
use millrace_platform::path::WorkspacePath;
use millrace_store::Transaction;
use schemars::JsonSchema;

/// Replaces the workspace's working time. Closed sprints keep the calendar that applied then.
#[derive(Clone, JsonSchema)]
pub struct PutCalendar;

impl Endpoint for PutCalendar {
    const ROUTE: Route = Route::put("workspaces-put-calendar", "/api/workspaces/{workspace_id}/calendar")
        .in_workspace(WorkspaceRole::Admin);
    type Uses = (Table<Write>,);
    type Path = WorkspacePath;
    type Query = Nothing;
    type Body = Json<Calendar>;
    type Output = Tagged<WorkspaceCalendar>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let table = call.table();
        let (scope, settled) = call.authorize(|scope| async move { table.settled_calendar(&scope).await }).await?;
        let before = WorkspaceCalendar::of(settled.as_ref());
        call.expect_version(before.version, || to_value(&before))?;
        let wanted = call.body.0.clone().checked()?;
        if settled.as_ref().is_some_and(|stored| stored.value.calendar == wanted) {
            return Ok(Tagged(before));
        }
        let mut change = Transaction::by(&scope);
        let version = change.settle_calendar(&scope, settled.as_ref(), &wanted);
        call.commit(change, Tagged(WorkspaceCalendar::new(wanted, version))).await
    }
}
