//! Links as clients see them, and the events that both ends tell.

use crate::lookup::on_task;
use millrace_domain::{
    Result,
    event::{Changes, Event, EventData},
    id::{EventId, TaskKey},
    resource::{Card, Counts},
    task::{
        custom::FieldDefinition,
        link::{Link, LinkId, Relation},
    },
    text::Title,
};
use millrace_endpoint::{Call, Endpoint};
use millrace_store::{Scope, Stored, board::BoardWithColumns, task::TaskRecord};
use schemars::JsonSchema;
use serde::Serialize;

/// A link of a task.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TaskLink {
    /// The link's id, as this task calls it.
    pub id: LinkId,
    /// What this task is to the other one.
    pub kind: Relation,
    /// The other task.
    pub task: TaskKey,
    /// The other task's title.
    pub title: Title,
    /// Whether the other task is done.
    pub done: bool,
}

impl TaskLink {
    /// The link `id` to a task that was read.
    pub(crate) fn new(id: &LinkId, other: &Stored<TaskRecord>) -> Self {
        let fields = &other.value.fields;
        Self {
            id: id.clone(),
            kind: id.relation(),
            task: fields.key.clone(),
            title: fields.title.clone(),
            done: fields.closed_at.is_some(),
        }
    }
}

/// A link, as the list of changes names it.
#[derive(Serialize)]
struct ChangedLink<'link> {
    kind: Relation,
    task: &'link TaskKey,
}

/// Whether a link was made or taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    Added,
    Removed,
}

/// One end of a link, with what its event shows of it.
pub(crate) struct End<'call> {
    pub link: &'call Link,
    pub task: &'call Stored<TaskRecord>,
    pub version: u64,
    pub board: &'call BoardWithColumns,
    pub counts: Counts,
    pub definitions: &'call [FieldDefinition],
}

impl End<'_> {
    /// What the end tells of: both of one link share `batch`.
    pub(crate) fn event<E: Endpoint>(
        &self,
        call: &Call<E>,
        scope: &Scope,
        told: Told,
        batch: EventId,
    ) -> Result<Event> {
        let fields = &self.task.value.fields;
        let counts = Counts { counters: self.task.value.counters, ..self.counts };
        let card = Card::new(fields, self.version, self.board.status(fields)?, counts, self.definitions);
        let link = ChangedLink { kind: self.link.relation, task: &self.link.other };
        let changes = match told {
            Told::Added => Changes::of_field("links", &None, &Some(link))?,
            Told::Removed => Changes::of_field("links", &Some(link), &None)?,
        };
        Ok(on_task(call, scope, EventData::TaskUpdated, &card, changes).in_batch(Some(batch)))
    }
}
