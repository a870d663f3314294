//! Events: written with the change they describe, and read as a feed, a history and a timeline.

use crate::core::{
    cursor::Page,
    failure::failed,
    item::{Attributes, EVENT, Entity, Stored, text},
    keys::{self, Key},
    scope::{Internal, Scope},
    table::{Mode, Part, Table, Write},
    transaction::{Beside, Due, Transaction},
};
use aws_sdk_dynamodb::types::AttributeValue;
use millrace_domain::{
    Error, Result,
    event::Event,
    id::{BoardId, EventId, TaskKey},
    insight::flow::Step,
};
use serde::{Deserialize, Serialize};

/// An event in the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventRecord {
    /// The event.
    pub event: Event,
}

impl Entity for EventRecord {
    const WHAT: &'static str = "event";
    const ATTRIBUTE: &'static str = EVENT;
}

impl EventRecord {
    /// Where it stands: in its project's feed, or in its workspace's where it is about no project.
    pub(crate) fn key(&self) -> Key {
        let event = &self.event;
        match &event.project {
            Some(project) => keys::event(&event.workspace, project, event.id),
            None => keys::workspace_event(&event.workspace, event.id),
        }
    }

    pub(crate) fn beside(&self) -> Beside {
        let event = &self.event;
        let Some(task) = &event.task else { return Beside::default() };
        let step = event.board_id.as_ref().zip(Step::of(event));
        let due = step.map_or(Due::Never, |(board, step)| Due::At(keys::step(&event.workspace, board, &step)));
        Beside { due, ..Beside::indexed(keys::task_event(&event.workspace, task, event.id)) }
    }
}

/// An event that was committed after one with a later id was already sent: it stands in the feed a second time, where
/// those who go on from the later one find it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Late {
    /// The event.
    pub late: Event,
}

impl Entity for Late {
    const WHAT: &'static str = "late event";
}

/// The event that an item of the table's stream holds.
///
/// # Errors
/// [`Error::Internal`] where it holds something else.
pub fn event_of(document: &str) -> Result<Event> {
    serde_json::from_str(document).map_err(|cause| Error::internal(format!("an event does not parse: {cause}")))
}

impl Transaction {
    /// Tells what happened, in the same write.
    pub fn event(&mut self, event: &Event) {
        let record = EventRecord { event: event.clone() };
        self.put(&record.key(), &record, record.beside());
    }
}

impl<M: Mode> Table<M> {
    /// A board's events after `after`, oldest first: those of the board and those of its whole project.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a cursor that is not of this list.
    pub async fn events_after<S>(
        &self,
        scope: &Scope<S>,
        board: &BoardId,
        after: EventId,
        part: &Part,
    ) -> Result<Page<Event>> {
        let run = keys::events(scope.workspace(), board.project());
        let list = format!("{}/{board}", run.pk);
        let start: Option<EventId> = part.start(&self.cursors, &list)?;
        self.collect(run.pk, &list, board, start.unwrap_or(after), part, true).await
    }

    /// A board's timeline, newest first.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a cursor that is not of this list.
    pub async fn timeline<S>(&self, scope: &Scope<S>, board: &BoardId, part: &Part) -> Result<Page<Event>> {
        let run = keys::events(scope.workspace(), board.project());
        let list = format!("{}/{board}/timeline", run.pk);
        let start: Option<EventId> = part.start(&self.cursors, &list)?;
        self.collect(run.pk, &list, board, start.unwrap_or_else(EventId::last), part, false).await
    }

    /// Reads on until the part is full or the feed ends: other boards of the project share the feed.
    async fn collect(
        &self,
        pk: String,
        list: &str,
        board: &BoardId,
        start: EventId,
        part: &Part,
        forward: bool,
    ) -> Result<Page<Event>> {
        let mut events: Vec<Event> = Vec::new();
        let (mut from, wanted) = (start, usize::from(part.limit));
        loop {
            let answer = self
                .client
                .query()
                .table_name(&*self.name)
                .key_condition_expression(if forward { "pk = :pk AND sk > :from" } else { "pk = :pk AND sk < :from" })
                .expression_attribute_values(":pk", AttributeValue::S(pk.clone()))
                .expression_attribute_values(":from", AttributeValue::S(from.to_string()))
                .consistent_read(true)
                .scan_index_forward(forward)
                .limit(i32::from(part.limit) + 1)
                .send()
                .await
                .map_err(failed)?;
            for item in answer.items() {
                if events.len() == wanted {
                    return Ok(Page { items: events, next: Some(self.cursors.seal(list, &from)?) });
                }
                from = text(item, "sk")?.parse().map_err(Error::internal)?;
                events.extend(
                    event_in(item, forward)?.filter(|event| event.board_id.as_ref().is_none_or(|id| id == board)),
                );
            }
            if answer.last_evaluated_key().is_none() {
                return Ok(Page { items: events, next: None });
            }
        }
    }

    /// A task's events, newest first.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a cursor that is not of this list.
    pub async fn history<S>(&self, scope: &Scope<S>, task: &TaskKey, part: &Part) -> Result<Page<Event>> {
        // Of a task that was moved a run stands under each of its keys, the newest first.
        let runs = scope.keys_of(task);
        let list = format!("{}/history", keys::task_history(scope.workspace(), task).pk);
        let (mut run, mut after): (usize, Option<EventId>) = part.start(&self.cursors, &list)?.unwrap_or_default();
        let mut items = Vec::new();
        while let Some(key) = runs.get(run).filter(|_| items.len() < usize::from(part.limit)) {
            let rest = i32::from(part.limit) - items.len() as i32;
            let (events, last) = self.run_of_history(scope, key, after, rest).await?;
            items.extend(events);
            after = last;
            run += usize::from(last.is_none());
        }
        let next = (run < runs.len()).then(|| self.cursors.seal(&list, &(run, after))).transpose()?;
        Ok(Page { items, next })
    }

    /// Events that were told of a task under one of its keys, newest first, from `after` on; the last of them where there
    /// are more.
    async fn run_of_history<S>(
        &self,
        scope: &Scope<S>,
        task: &TaskKey,
        after: Option<EventId>,
        limit: i32,
    ) -> Result<(Vec<Event>, Option<EventId>)> {
        let run = keys::task_history(scope.workspace(), task);
        let after = after.map(|event| {
            let own = keys::event(scope.workspace(), task.project(), event);
            (own, keys::task_event(scope.workspace(), task, event))
        });
        let (items, last) = self.newest_of_index(&run.pk, after, limit).await?;
        let items = items.iter().map(|item| event_of(text(item, EVENT)?)).collect::<Result<_>>()?;
        let last = last.map(|last| text(&last, "gsi1sk")?.parse().map_err(Error::internal));
        Ok((items, last.transpose()?))
    }
}

/// The event that an item of a feed stands for; none where a timeline shows it elsewhere.
fn event_in(item: &Attributes, with_late: bool) -> Result<Option<Event>> {
    match text(item, EVENT) {
        Ok(document) => event_of(document).map(Some),
        Err(_) if with_late => Stored::<Late>::read(item).map(|stored| Some(stored.value.late)),
        Err(_) => Ok(None),
    }
}

impl Table<Write> {
    /// Puts a late event into the feed again, at `at`.
    ///
    /// # Errors
    /// As every write.
    pub async fn repeat_late(&self, scope: &Scope<Internal>, event: &Event, at: EventId) -> Result<()> {
        let Some(project) = &event.project else { return Ok(()) };
        let mut transaction = Transaction::outside_workspaces();
        transaction.put(&keys::event(scope.workspace(), project, at), &Late { late: event.clone() }, Beside::default());
        self.commit(transaction).await
    }
}
