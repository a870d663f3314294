//! Notices that jobs send, and by which clock.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use millrace_domain::{
    id::{EventId, WorkspaceId},
    notification::notice::{Notice, NoticeData},
    task::{TaskFields, due::DueNext},
};
use millrace_platform::queue::Noticed;

/// The latest current date anywhere: ahead of UTC it may already be tomorrow.
pub(crate) fn latest_day(now: Timestamp) -> Date {
    let day = now.to_zoned(TimeZone::UTC).date();
    day.tomorrow().unwrap_or(day)
}

/// The notice of a step of a task's due date. Its id is the same each time that the step is told.
pub(crate) fn noticed(
    workspace: &WorkspaceId,
    task: &TaskFields,
    next: DueNext,
    now: Timestamp,
    data: NoticeData,
) -> Noticed {
    let from = next.from.to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |start| start.timestamp());
    let due = task.due_date.map(|due| due.to_string()).unwrap_or_default();
    let id = EventId::of_notice(from, &format!("{workspace}/{}/{due}/{:?}", task.key, next.step));
    Noticed(Notice { id, workspace: workspace.clone(), at: now, data }.into())
}
