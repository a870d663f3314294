//! sprints-delete

use crate::parts::feed::on_sprint;
use millrace_domain::{
    Error,
    event::{Changes, EventData, payload::SprintUpdated},
    id::EventId,
    sprint::SprintState,
};
use millrace_endpoint::{Call, Endpoint, NoContent, Nothing, ProjectRole, Result, Route, Table, Write, call::to_value};
use millrace_platform::path::SprintPath;
use millrace_store::{
    Stored, Transaction,
    sprint::{Emptying, SprintRecord},
};
use millrace_task_changes::TaskWriter;
use schemars::JsonSchema;

/// Deletes a sprint that was never started. Its tasks return to the backlog.
///
/// The sprint first stops accepting tasks, then its tasks are moved, then it is deleted. Repeat the call to continue an
/// interrupted deletion, or wait for the daily job.
#[derive(Clone, JsonSchema)]
pub struct DeleteSprint;

impl Endpoint for DeleteSprint {
    const ROUTE: Route =
        Route::delete("sprints-delete", "/api/sprints/{sprint_id}").needs(ProjectRole::Manager).timeout(30);
    type Uses = (Table<Write>,);
    type Path = SprintPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = NoContent;

    async fn handle(call: Call<Self>) -> Result<NoContent> {
        let (table, sprint) = (call.table(), &call.path.sprint_id);
        let (scope, mut stored) = call.authorize(|scope| async move { table.sprint(&scope, sprint).await }).await?;
        call.expect_version(stored.version, || to_value(&stored.value.resource(stored.version)))?;
        if stored.value.state != SprintState::Planned {
            return Err(Error::conflict("The sprint was started. Close it; its report stays."));
        }
        if stored.value.emptying.is_none() {
            let mut change = Transaction::by(&scope);
            let emptying = Some(Emptying { to: None, delete: true });
            let value = SprintRecord { emptying, updated_at: call.now, ..stored.value.clone() };
            let version = change.update_sprint(&scope, &stored, &value);
            table.commit(change).await?;
            stored = Stored { version, value, ..stored };
        }
        // What came in before it stopped taking tasks is there now, and nothing comes after.
        let batch = EventId::at(call.now);
        let writer = TaskWriter::by(&scope, call.now).in_batch(Some(batch));
        let mut emptied = writer.empty_sprint(table, &stored).await?;
        let gone = stored.value.resource(stored.version);
        let data = EventData::SprintUpdated(SprintUpdated { sprint_removed: true, ..gone.into() });
        let event = on_sprint(&call, &scope, sprint.project(), Changes::default(), data);
        emptied.change.event(&event.in_batch(Some(batch)));
        call.commit(emptied.change, NoContent).await
    }
}
