//! Taking tasks off their boards and bringing them back: what delete, restore and bulk have in common.

use crate::{
    edit::Outcome,
    lookup::{Found, on_task},
};
use millrace_domain::{
    Result,
    board::rank::Rank,
    event::{Changes, EventData},
    id::{EventId, TaskKey},
    resource::{Card, Task},
    task::{TaskFields, custom::shown},
};
use millrace_endpoint::{Call, Endpoint};
use millrace_store::{Scope, Transaction};
use std::collections::HashMap;

/// Archives a task; one that is archived stays as it is.
pub(crate) fn archive<E: Endpoint>(
    call: &Call<E>,
    scope: &Scope,
    found: &Found,
    batch: Option<EventId>,
) -> Result<Outcome> {
    if found.whole.archived() {
        return Outcome::unchanged(found);
    }
    let mut fields = found.whole.fields.value.fields.clone();
    fields.archived_at = Some(call.now);
    fields.updated_at = call.now;
    let mut change = Transaction::by(scope);
    let version = change.shelve_task(scope, &found.whole.fields, &fields);
    if let Some(parent) = &fields.parent {
        change.remove_subtask(scope, parent, &fields.key);
    }
    let card =
        Card::new(&fields, version, found.board.status(&fields)?, found.whole.counts, &found.whole.custom_fields);
    let event = on_task(call, scope, EventData::TaskArchived, &card, Changes::default());
    change.event(&event.in_batch(batch));
    let task = Task { archived: true, updated_at: call.now, version, ..found.resource()? };
    Ok(Outcome { change: Some(change), task, card })
}

/// The tasks that archived ones among `tasks` were parts of: they may have been moved to another project meanwhile.
pub(crate) fn former_parents<'tasks>(tasks: impl IntoIterator<Item = &'tasks TaskFields>) -> Vec<TaskKey> {
    let archived = tasks.into_iter().filter(|task| task.archived_at.is_some());
    archived.filter_map(|task| task.parent.clone()).collect()
}

/// Brings an archived task back to where it was, whatever its column's limit says. Where its column was removed, it goes
/// to the bottom of the board's first one. Where the task that it was a part of is one of those that were `moved` to
/// another project, it is no part of it any more. A task that is not archived stays as it is.
pub(crate) fn restore<E: Endpoint>(
    call: &Call<E>,
    scope: &Scope,
    found: &Found,
    moved: &HashMap<TaskKey, TaskKey>,
    batch: Option<EventId>,
) -> Result<Outcome> {
    if !found.whole.archived() {
        return Outcome::unchanged(found);
    }
    let mut fields = found.whole.fields.value.fields.clone();
    let former = found.board.columns.iter().find(|column| column.value.id == fields.column_id);
    let (column, rank) = match former.filter(|column| !column.value.closing) {
        Some(column) => (column, fields.rank.clone()),
        None => (found.board.first_column()?, Rank::bottom(call.now)),
    };
    fields.place(&column.value.id, rank, column.value.category, call.now);
    fields.archived_at = None;
    let parent = fields.parent.take_if(|parent| moved.contains_key(parent));
    let changes = Changes::of_field("parent", &parent, &None)?;
    let mut change = Transaction::by(scope);
    let version = change.shelve_task(scope, &found.whole.fields, &fields);
    change.check_column(column);
    if let Some(parent) = &fields.parent {
        change.add_subtask(scope, parent, &fields.key, fields.closed_at.is_some());
    }
    let (status, counts) = (column.value.category, found.whole.counts);
    let card = Card::new(&fields, version, status, counts, &found.whole.custom_fields);
    let event = on_task(call, scope, EventData::TaskRestored, &card, changes);
    change.event(&event.in_batch(batch));
    let description = found.whole.text.as_ref().map(|text| text.value.description.clone()).unwrap_or_default();
    fields.custom = shown(&found.whole.custom_fields, &fields.custom);
    Ok(Outcome { change: Some(change), task: Task::new(fields, version, status, description, counts), card })
}
