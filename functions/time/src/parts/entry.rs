//! Time logs: who may write them, and the events that tell of them.

use jiff::{Timestamp, civil::Date};
use millrace_domain::{
    Error, Result,
    event::{Actor, Changes, Event, EventData, payload::TimeLogged},
    id::{BoardId, WorkspaceId},
};
use millrace_endpoint::{Call, Endpoint};
use millrace_store::{Scope, Stored, time::TimeLogRecord};

/// Refuses everybody but the log's owner.
pub(crate) fn expect_own(scope: &Scope, log: &Stored<TimeLogRecord>) -> Result<()> {
    if log.value.person == *scope.person() {
        return Ok(());
    }
    Err(Error::Forbidden("Only the person who logged this time changes it.".to_owned()))
}

/// Who writes time logs, when, and in which workspace.
pub(crate) struct Writer {
    pub(crate) workspace: WorkspaceId,
    pub(crate) actor: Actor,
    pub(crate) at: Timestamp,
}

impl Writer {
    /// The person who calls an endpoint.
    pub(crate) fn of<E: Endpoint>(call: &Call<E>, scope: &Scope) -> Self {
        Self { workspace: scope.workspace().clone(), actor: scope.actor(), at: call.now }
    }

    /// The event of a new log, which has the log's id.
    pub(crate) fn added(&self, board: &BoardId, log: &TimeLogRecord) -> Result<Event> {
        let event = self.event(board, log, None, Some(log), TimeLogged::TimeLog(log.resource(1)))?;
        Ok(Event { id: log.id, ..event })
    }

    /// The event of a log that was changed, and has `version` now.
    pub(crate) fn changed(
        &self,
        board: &BoardId,
        before: &TimeLogRecord,
        after: &TimeLogRecord,
        version: u64,
    ) -> Result<Event> {
        self.event(board, after, Some(before), Some(after), TimeLogged::TimeLog(after.resource(version)))
    }

    /// The event of a log that was removed.
    pub(crate) fn removed(&self, board: &BoardId, log: &TimeLogRecord) -> Result<Event> {
        self.event(board, log, Some(log), None, TimeLogged::TimeLogRemoved(log.id))
    }

    /// Its changes always name `minutes` and `date`, so that whoever sums up takes the one off and adds the other.
    fn event(
        &self,
        board: &BoardId,
        log: &TimeLogRecord,
        before: Option<&TimeLogRecord>,
        after: Option<&TimeLogRecord>,
        data: TimeLogged,
    ) -> Result<Event> {
        let minutes = |log: Option<&TimeLogRecord>| -> Option<u32> { log.map(|log| log.minutes) };
        let date = |log: Option<&TimeLogRecord>| -> Option<Date> { log.map(|log| log.date) };
        let changes = Changes::naming("minutes", &minutes(before), &minutes(after))?.and(Changes::naming(
            "date",
            &date(before),
            &date(after),
        )?);
        let event = Event::new(self.workspace.clone(), self.actor.clone(), self.at, EventData::TimeLogged(data));
        // A task that was moved to another project since keeps its logs under its former key.
        Ok(event.on_task(&log.task, board).in_project(log.task.project()).changing(changes))
    }
}
