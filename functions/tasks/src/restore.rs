//! tasks-restore

use crate::lookup::{Found, on_task};
use millrace_domain::{
    custom::shown,
    event::EventType,
    rank::Rank,
    resource::{Card, Task},
};
use millrace_endpoint::{Call, Endpoint, Nothing, ProjectRole, Result, Route, Table, Tagged, Write, path::TaskPath};
use millrace_store::Transaction;
use schemars::JsonSchema;

/// Brings an archived task back to where it was, whatever its column's limit says.
///
/// Where its column was removed, it goes to the bottom of the board's first one. A task that is not archived stays as
/// it is.
#[derive(Clone, JsonSchema)]
pub struct RestoreTask;

impl Endpoint for RestoreTask {
    const ROUTE: Route = Route::post("tasks-restore", "/api/tasks/{task}/restore").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = TaskPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Tagged<Task>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, task, now) = (call.table(), &call.path.task, call.now);
        let (scope, found) = call.authorize(|scope| async move { Found::read(table, &scope, task, now).await }).await?;
        if !found.whole.archived() {
            return found.resource().map(Tagged);
        }
        found.expect_version(&call)?;
        let mut fields = found.whole.fields.value.0.clone();
        let former = found.board.columns.iter().find(|column| column.value.id == fields.column_id);
        let (column, rank) = match former.filter(|column| !column.value.closing) {
            Some(column) => (column, fields.rank.clone()),
            None => (found.board.first_column()?, Rank::bottom(now)),
        };
        fields.place(&column.value.id, rank, column.value.category, now);
        fields.archived_at = None;
        let mut change = Transaction::by(&scope);
        let version = change.shelve_task(&scope, &found.whole.fields, &fields);
        change.check_column(column);
        if let Some(parent) = &fields.parent {
            change.put_subtask(&scope, parent, &fields.key, fields.closed_at.is_some());
        }
        let (status, counts) = (column.value.category, found.whole.counts);
        let card = Card::new(&fields, version, status, counts);
        change.event(&on_task(&call, &scope, EventType::TaskRestored, &card, Vec::new())?);
        let description = found.whole.text.as_ref().map(|text| text.value.description.clone()).unwrap_or_default();
        fields.custom = shown(&found.whole.custom_fields, &fields.custom);
        call.commit(change, Tagged(Task::new(fields, version, status, description, counts))).await
    }
}
