//! Writing changed fields of a task: what put, patch and assign have in common.

use crate::{
    lookup::{Found, on_task},
    references::{References, Sent},
};
use jiff::Timestamp;
use millrace_domain::{
    Error, FieldError, Result,
    board::rank::Rank,
    event::{Changes, EventData, payload::TaskEvent},
    id::{ColumnId, EventId},
    resource::{Card, Task},
    task::{TaskFields, custom::shown},
    text::Markdown,
};
use millrace_endpoint::{Call, Endpoint, Table, Tagged, Write};
use millrace_store::{Scope, Transaction};

/// What comes of a write to a task.
pub(crate) struct Outcome {
    /// The write; none where nothing changes.
    pub change: Option<Transaction>,
    /// The task after it.
    pub task: Task,
    /// Its card after it.
    pub card: Card,
}

impl Outcome {
    /// The task stays as it is.
    pub(crate) fn unchanged(found: &Found) -> Result<Self> {
        Ok(Self { change: None, task: found.resource()?, card: found.whole.card(&found.board)? })
    }

    /// Writes, and answers with the task.
    pub(crate) async fn commit<E>(self, call: &Call<E>) -> Result<Tagged<Task>>
    where
        E: Endpoint<Uses = (Table<Write>,), Output = Tagged<Task>>,
    {
        match self.change {
            Some(change) => call.commit(change, Tagged(self.task)).await,
            None => Ok(Tagged(self.task)),
        }
    }
}

/// A task as it is to be.
pub(crate) struct Edit<'call> {
    /// The task as it was read.
    pub found: &'call Found,
    /// What the request points to, as it was read.
    pub references: &'call References,
    /// Its fields.
    pub fields: TaskFields,
    /// Its description.
    pub description: Markdown,
    /// Whether it writes what somebody else may be editing: it then goes through only if nobody began to meanwhile.
    pub writes_text: bool,
}

impl<'call> Edit<'call> {
    /// An edit that changes nothing yet.
    pub(crate) fn of(found: &'call Found, references: &'call References) -> Self {
        let description = found.whole.text.as_ref().map(|text| text.value.description.clone()).unwrap_or_default();
        Self { found, references, fields: found.whole.fields.value.fields.clone(), description, writes_text: false }
    }

    /// Puts the task into another column of its board, where `cards` are, at `rank`, as far as the workflow and the
    /// limit allow.
    pub(crate) fn enter(
        &mut self,
        scope: &Scope,
        column: &ColumnId,
        cards: usize,
        rank: Rank,
        now: Timestamp,
    ) -> Result<()> {
        if self.fields.column_id == *column {
            return Ok(());
        }
        let board = &self.found.board;
        let to = board.open_column(column, "column_id")?;
        let step = board.board.value.workflow.check(&self.fields, column, scope.project_role());
        step.map_err(|error| named(error, "column_id"))?;
        to.value.check_room(cards, "column_id")?;
        self.fields.place(column, rank, to.value.category, now);
        Ok(())
    }

    /// Checks and writes what changed, with the event that tells of it; where nothing did, there is no write.
    pub(crate) async fn save<E>(self, call: &Call<E>, scope: &Scope, sent: Sent<'_>) -> Result<Tagged<Task>>
    where
        E: Endpoint<Uses = (Table<Write>,), Output = Tagged<Task>>,
    {
        self.finish(call, scope, sent, None)?.commit(call).await
    }

    /// Checks what changed and puts the write together; its event shares `batch` with others.
    pub(crate) fn finish<E: Endpoint>(
        mut self,
        call: &Call<E>,
        scope: &Scope,
        sent: Sent<'_>,
        batch: Option<EventId>,
    ) -> Result<Outcome> {
        let stored = &self.found.whole.fields;
        let before = &stored.value.fields;
        self.references.check(before.key.project(), sent, Some(before))?;
        self.fields.check()?;
        let adopted = self.fields.parent != before.parent;
        if adopted && self.fields.parent.is_some() && self.found.whole.counts.subtask_count > 0 {
            return Err(Error::field("parent", "the task has parts of its own, and parts have no parts"));
        }
        let current = self.found.resource()?;
        let described = self.description != current.description;
        if self.fields == *before && !described {
            return Outcome::unchanged(self.found);
        }
        self.fields.updated_at = call.now;
        let status = self.found.board.status(&self.fields)?;

        let mut change = Transaction::by(scope);
        let version = change.update_task(scope, stored, &self.fields);
        if self.writes_text {
            change.check_locks(scope, &before.key, self.found.whole.locks.as_ref());
        }
        if described {
            change.put_text(scope, &before.key, &self.description);
        }
        if self.fields.column_id != before.column_id {
            change.check_column(self.found.board.column(&self.fields.column_id, "column_id")?);
        }
        if self.fields.sprint_id != before.sprint_id {
            self.references.check_sprint(&mut change);
        }
        self.keep_count(&mut change, scope);
        let counts = self.found.whole.counts;
        let card = Card::new(&self.fields, version, status, counts, &self.found.whole.custom_fields);
        let custom = shown(&self.found.whole.custom_fields, &self.fields.custom);
        let fields = TaskFields { custom, ..self.fields };
        let task = Task::new(fields, version, status, self.description, counts);
        let changes = Changes::between(&current, &task)?;
        change.event(&on_task(call, scope, kind(&changes), &card, changes).in_batch(batch));
        Ok(Outcome { change: Some(change), task, card })
    }

    /// Keeps the parents' counts of their parts.
    fn keep_count(&self, change: &mut Transaction, scope: &Scope) {
        let (before, after) = (&self.found.whole.fields.value.fields, &self.fields);
        let done = after.closed_at.is_some();
        let adopted = after.parent != before.parent;
        if let Some(former) = before.parent.as_ref().filter(|_| adopted) {
            change.remove_subtask(scope, former, &after.key);
        }
        match &after.parent {
            Some(parent) if adopted => {
                self.references.check_parent(change);
                change.add_subtask(scope, parent, &after.key, done);
            }
            Some(parent) if before.closed_at.is_some() != done => {
                change.put_subtask(scope, parent, &after.key, done);
            }
            _ => {}
        }
    }
}

/// The same refusal, naming the field as this request calls it.
pub(crate) fn named(error: Error, field: &str) -> Error {
    match error {
        Error::Invalid(errors) => {
            let rename = |error: FieldError| FieldError { field: field.to_owned(), ..error };
            Error::Invalid(errors.into_iter().map(rename).collect())
        }
        other => other,
    }
}

/// The kind of event that tells of changed fields.
fn kind(changes: &Changes) -> fn(TaskEvent) -> EventData {
    if changes.only(&["assignees"]) {
        EventData::TaskAssigned
    } else if changes.only(&["column_id", "status"]) {
        EventData::TaskStatusChanged
    } else {
        EventData::TaskUpdated
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use millrace_domain::{
        event::EventType,
        id::{BoardId, ProjectKey},
        resource::{Card, Counts},
        task::Status,
    };

    fn told(fields: &[&str]) -> Option<EventType> {
        let changes = fields.iter().map(|field| Changes::of_field(field, &1, &2).expect("JSON"));
        let project: ProjectKey = "WEB".parse().expect("a key");
        let fields: TaskFields = serde_json::from_value(serde_json::json!({
            "key": "WEB-1", "board_id": BoardId::random(&project), "column_id": ColumnId::random(), "rank": "a",
            "column_since": "2026-11-20T10:00:00Z", "title": "Task", "priority": "medium", "reporter": null,
            "created_at": "2026-11-20T10:00:00Z", "updated_at": "2026-11-20T10:00:00Z",
        }))
        .expect("a task");
        let card = Card::new(&fields, 1, Status::Todo, Counts::default(), &[]);
        kind(&changes.fold(Changes::default(), Changes::and))(card.into()).kind()
    }

    #[test]
    fn the_kind_follows_from_what_changed() {
        assert_eq!(told(&["assignees"]), Some(EventType::TaskAssigned));
        assert_eq!(told(&["column_id", "status"]), Some(EventType::TaskStatusChanged));
        assert_eq!(told(&["column_id", "title"]), Some(EventType::TaskUpdated));
        assert_eq!(told(&["assignees", "labels"]), Some(EventType::TaskUpdated));
    }
}
