//! `analytics-aggregate`

use millrace_domain::{
    Error,
    event::{Event, EventData},
    id::ProjectKey,
};
use millrace_endpoint::{Consumer, Delivery, Result, Table, Write, racing::again};
use millrace_platform::queue::Measured;
use millrace_store::{Scope, scope::Internal};

/// Updates the daily counters. Counts each event exactly once, in any order and under redelivery.
#[derive(Clone)]
pub struct Aggregate;

impl Consumer for Aggregate {
    const NAME: &'static str = "analytics-aggregate";
    const ABOUT: &'static str = "Counts each event by project, day, person and label, and what stands open: once, however often it is delivered and in whatever order.";
    type Message = Measured;
    type Uses = (Table<Write>,);

    async fn handle(delivery: Delivery<Self>) -> Result<()> {
        let Measured(event) = &*delivery.message;
        let Some(project) = &event.project else { return Ok(()) };
        let (table, scope): (&Table<Write>, _) = (delivery.uses(), delivery.scope(|message| &message.0.workspace));
        if regroups(event) {
            return again(|| regroup(&delivery, &scope, project)).await;
        }
        if !counts(&event.data) {
            return Ok(());
        }
        let day = table.calendar(&scope).await?.day_at(event.at);
        again(|| table.count_event(&scope, project, event, day, delivery.now)).await.map(drop)
    }
}

/// Whether events of this kind are counted.
fn counts(data: &EventData) -> bool {
    use EventData::{
        CommentAdded, TaskArchived, TaskAssigned, TaskCreated, TaskMoved, TaskRestored, TaskStatusChanged, TaskUpdated,
        TimeLogged,
    };
    matches!(
        data,
        CommentAdded(_)
            | TaskArchived(_)
            | TaskAssigned(_)
            | TaskCreated(_)
            | TaskMoved(_)
            | TaskRestored(_)
            | TaskStatusChanged(_)
            | TaskUpdated(_)
            | TimeLogged(_)
    )
}

/// Whether an event changes the status of every task in a column without naming the tasks.
fn regroups(event: &Event) -> bool {
    matches!(event.data, EventData::ColumnUpdated(_)) && event.changes.names("category")
}

async fn regroup(delivery: &Delivery<Aggregate>, scope: &Scope<Internal>, project: &ProjectKey) -> Result<()> {
    let table: &Table<Write> = delivery.uses();
    match table.recount(scope, project, delivery.now).await {
        // A project that was deleted since has nothing to count.
        Ok(_) | Err(Error::NotFound(_)) => Ok(()),
        Err(error) => Err(error),
    }
}
