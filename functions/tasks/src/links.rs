//! Links as clients see them, and the events that both ends tell.

use crate::lookup::on_task;
use millrace_domain::{
    Result,
    event::{Event, EventType, FieldChange},
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
use serde_json::json;

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
        let link = json!({"kind": self.link.relation, "task": self.link.other});
        let (from, to) = match told {
            Told::Added => (serde_json::Value::Null, link),
            Told::Removed => (link, serde_json::Value::Null),
        };
        let change = FieldChange { field: "links".to_owned(), from, to };
        let event = on_task(call, scope, EventType::TaskUpdated, &card, vec![change])?;
        Ok(Event { batch: Some(batch), ..event })
    }
}
