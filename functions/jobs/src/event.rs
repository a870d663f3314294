//! What jobs tell, and by which clock.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use millrace_domain::{
    event::{Actor, Event, EventType},
    id::{EventId, WorkspaceId},
    task::{
        TaskFields,
        due::{DueNext, DueTold},
    },
};
use serde_json::Value;

/// The last day that it is anywhere: ahead of UTC it may be tomorrow already.
pub(crate) fn latest_day(now: Timestamp) -> Date {
    let day = now.to_zoned(TimeZone::UTC).date();
    day.tomorrow().unwrap_or(day)
}

/// Something about a task that Millrace itself tells.
pub(crate) fn told(workspace: &WorkspaceId, task: &TaskFields, id: EventId, now: Timestamp, data: Value) -> Event {
    Event {
        id,
        project: Some(task.key.project().clone()),
        board_id: Some(task.board_id.clone()),
        task: Some(task.key.clone()),
        data,
        ..Event::new(EventType::TaskUpdated, workspace.clone(), Actor::system(), now)
    }
}

/// The id of the notice of a step: the same each time it is told.
pub(crate) fn notice_id(workspace: &WorkspaceId, task: &TaskFields, next: DueNext) -> EventId {
    let at = next.from.to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |start| start.timestamp());
    let due = task.due_date.map(|due| due.to_string()).unwrap_or_default();
    EventId::of_notice(at, &format!("{workspace}/{}/{due}/{:?}", task.key, next.step))
}

/// The task once a step was told of it.
pub(crate) fn after(task: &TaskFields, next: DueNext, today: Date) -> TaskFields {
    let due_told = task.due_date.map(|due| DueTold { due, step: next.step, on: today });
    TaskFields { due_told, ..task.clone() }
}
