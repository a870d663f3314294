//! tasks-close-parent

use jiff::Timestamp;
use millrace_domain::{
    Error,
    board::rank::Rank,
    event::{Actor, Event, EventType, FieldChange},
    id::TaskKey,
    resource::Card,
    task::Status,
};
use millrace_endpoint::{Consumer, Delivery, Result, Table, Write, call::to_value, racing::again};
use millrace_platform::queue::PartDone;
use millrace_store::{Scope, Transaction, scope::Internal};
use serde_json::json;

/// Closes a task once all of its parts are done, in projects that want it so.
///
/// It comes after the part's own write, and reads all parts as they are then: of two that are done at one moment, the
/// one whose event comes last finds both. Whoever moved the task since knew better: it stays where they put it, however
/// often the event comes again.
#[derive(Clone)]
pub struct CloseParent;

impl Consumer for CloseParent {
    const NAME: &'static str = "tasks-close-parent";
    const ABOUT: &'static str = "Fed with the events by which a part of a task was done: closes the task once all of its parts are, in projects that want it so.";
    type Message = PartDone;
    type Uses = (Table<Write>,);

    async fn handle(delivery: Delivery<Self>) -> Result<()> {
        let PartDone(event) = &*delivery.message;
        let Some(parent) = event.ends_part_of() else { return Ok(()) };
        let (table, scope): (&Table<Write>, _) = (delivery.uses(), delivery.scope(|message| &message.0.workspace));
        match again(|| close(table, &scope, event, &parent, delivery.now)).await {
            // The task or its project was deleted since.
            Err(Error::NotFound(_)) => Ok(()),
            done => done,
        }
    }
}

/// Moves `parent` to the first column of its board that is for what is done, whatever the workflow and the limit say:
/// nobody is there to be asked.
async fn close(
    table: &Table<Write>,
    scope: &Scope<Internal>,
    event: &Event,
    parent: &TaskKey,
    now: Timestamp,
) -> Result<()> {
    let (project, (task, board)) =
        futures::try_join!(table.project(scope, parent.project()), table.task(scope, parent))?;
    let (before, counts) = (&task.fields.value.fields, task.counts);
    let complete = counts.subtask_count > 0 && counts.subtask_done == counts.subtask_count;
    let settled = !before.is_open() || before.column_since >= event.at;
    let Some(column) = board.first_of(Status::Done).filter(|_| project.value.close_parent && complete && !settled)
    else {
        return Ok(());
    };
    let mut fields = before.clone();
    fields.place(&column.value.id, Rank::bottom(now), column.value.category, now);

    let mut change = Transaction::internal(scope);
    let version = change.update_task(scope, &task.fields, &fields);
    change.check_column(column);
    let card = Card::new(&fields, version, column.value.category, counts, &task.custom_fields);
    let changed = |name: &str, from, to| FieldChange { field: name.to_owned(), from, to };
    change.event(&Event {
        project: Some(parent.project().clone()),
        board_id: Some(fields.board_id.clone()),
        task: Some(fields.key.clone()),
        changes: vec![
            changed("column_id", to_value(&before.column_id)?, to_value(&fields.column_id)?),
            changed("status", to_value(&board.status(before)?)?, to_value(&card.status)?),
        ],
        data: json!({"card": to_value(&card)?}),
        ..Event::new(EventType::TaskStatusChanged, scope.workspace().clone(), Actor::system(), now)
    });
    table.commit(change).await
}
