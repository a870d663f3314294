//! tasks-close-parent

use jiff::Timestamp;
use millrace_domain::{
    Error,
    board::rank::Rank,
    event::{Actor, Event},
    id::TaskKey,
    task::Status,
};
use millrace_endpoint::{Consumer, Delivery, Result, Table, Write, racing::again};
use millrace_platform::queue::PartDone;
use millrace_store::{Scope, scope::Internal};
use millrace_task_changes::{Found, TaskWriter};

/// Closes a parent task once all of its subtasks are done, in projects that enable it.
///
/// Runs after the subtask's own write and reads all subtasks as they are then: if two are completed at the same time,
/// the later event finds both done. If somebody moved the parent since, it stays there, however often the event is
/// delivered.
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
        match again(|| close(table, &scope, event, parent, delivery.now)).await {
            // The task or its project was deleted since.
            Err(Error::NotFound(_)) => Ok(()),
            done => done,
        }
    }
}

/// Moves `parent` to the first done column of its board, regardless of the workflow and the WIP limit.
async fn close(
    table: &Table<Write>,
    scope: &Scope<Internal>,
    event: &Event,
    parent: &TaskKey,
    now: Timestamp,
) -> Result<()> {
    let (project, task) =
        futures::try_join!(table.project(scope, parent.project()), Found::read(table, scope, parent, now))?;
    let (before, counts) = (task.fields(), task.whole.counts);
    let complete = counts.subtask_count > 0 && counts.subtask_done == counts.subtask_count;
    let settled = !before.is_open() || before.column_since >= event.at;
    let Some(column) = task.board.first_of(Status::Done).filter(|_| project.value.close_parent && complete && !settled)
    else {
        return Ok(());
    };
    let closed = TaskWriter::acting(scope, Actor::system(), now).settle(task.known(), column, Rank::bottom(now))?;
    table.commit(closed.change).await
}
