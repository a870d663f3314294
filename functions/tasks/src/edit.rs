//! Writing changed fields of a task: what put, patch and assign have in common.

use crate::{
    lookup::{Found, on_task},
    references::{References, Sent},
};
use jiff::Timestamp;
use millrace_domain::{
    Error, FieldError, Result,
    board::rank::Rank,
    event::{Event, EventType, FieldChange, changes},
    id::{ColumnId, EventId},
    resource::{Card, Task},
    task::{TaskFields, custom::shown},
    text::Markdown,
};
use millrace_endpoint::{Call, Endpoint, Table, Tagged, Write, call::to_value};
use millrace_store::{Scope, Transaction};
use serde_json::Value;

/// Fields that every write changes, or that follow from others.
const FOLLOWING: &[&str] = &["version", "updated_at", "position", "column_since", "closed_at"];
/// How much of a description an event tells.
const MOST_TOLD: usize = 2_000;

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
        let differences = changes(&to_value(&current)?, &to_value(&task)?, FOLLOWING);
        let mut differences: Vec<FieldChange> = differences.into_iter().flat_map(each_value).collect();
        differences.iter_mut().for_each(shorten);
        let event = on_task(call, scope, kind(&differences), &card, differences)?;
        change.event(&Event { batch, ..event });
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

fn kind(changes: &[FieldChange]) -> EventType {
    let only = |fields: &[&str]| changes.iter().all(|change| fields.contains(&change.field.as_str()));
    if only(&["assignees"]) {
        EventType::TaskAssigned
    } else if only(&["column_id", "status"]) {
        EventType::TaskStatusChanged
    } else {
        EventType::TaskUpdated
    }
}

/// A change of the project's own fields as one for each of them.
fn each_value(change: FieldChange) -> Vec<FieldChange> {
    if change.field != "custom" {
        return vec![change];
    }
    let named = |change: FieldChange| FieldChange { field: format!("custom.{}", change.field), ..change };
    changes(&change.from, &change.to, &[]).into_iter().map(named).collect()
}

fn shorten(change: &mut FieldChange) {
    if change.field != "description" {
        return;
    }
    for value in [&mut change.from, &mut change.to] {
        if let Value::String(text) = value
            && let Some((end, _)) = text.char_indices().nth(MOST_TOLD)
        {
            text.truncate(end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(field: &str) -> FieldChange {
        FieldChange { field: field.to_owned(), from: Value::Null, to: Value::from("é".repeat(MOST_TOLD + 1)) }
    }

    #[test]
    fn the_kind_follows_from_what_changed() {
        assert_eq!(kind(&[change("assignees")]), EventType::TaskAssigned);
        assert_eq!(kind(&[change("column_id"), change("status")]), EventType::TaskStatusChanged);
        assert_eq!(kind(&[change("column_id"), change("title")]), EventType::TaskUpdated);
        assert_eq!(kind(&[change("assignees"), change("labels")]), EventType::TaskUpdated);
    }

    #[test]
    fn only_a_description_is_shortened() {
        let (mut title, mut description) = (change("title"), change("description"));
        shorten(&mut title);
        shorten(&mut description);
        let length = |change: &FieldChange| change.to.as_str().map(|text| text.chars().count());
        assert_eq!((length(&title), length(&description)), (Some(MOST_TOLD + 1), Some(MOST_TOLD)));
    }
}
