//! The list of what changed, and the kind of event that follows from it.

use millrace_domain::{
    Error, Result,
    event::{Changes, EventData, payload::TaskEvent},
    resource::Task,
};
use serde::Serialize;
use serde_json::Value;

/// Makes a task's event of what it tells of the task.
pub(crate) type Kind = fn(TaskEvent) -> EventData;

/// What differs between a task as it was and as it is, by the names of the fields, a new key first.
///
/// A change of column is told by `column_id`, and by `status` where the columns have different categories, whatever the
/// write was that caused it. `position` is told of a task that stays in its column. Labels and own fields are ids of one
/// project: those of two projects are not compared.
pub(crate) fn between(before: &Task, after: &Task) -> Result<Changes> {
    let key = Changes::of_field("key", &before.key, &after.key)?;
    let place = if before.column_id == after.column_id {
        Changes::of_field("position", &before.position, &after.position)?
    } else {
        Changes::default()
    };
    let mut before = Task { key: after.key.clone(), ..before.clone() };
    if before.project != after.project {
        before.project = after.project.clone();
        before.labels.clone_from(&after.labels);
        before.custom.clone_from(&after.custom);
    }
    Ok(key.and(Changes::between(&before, after)?).and(place))
}

/// The kind of event that tells of an edit.
pub(crate) fn kind(changes: &Changes) -> Kind {
    if changes.only(&["assignees"]) {
        EventData::TaskAssigned
    } else if changes.only(&["column_id", "status"]) {
        EventData::TaskStatusChanged
    } else {
        EventData::TaskUpdated
    }
}

/// A value as JSON.
pub(crate) fn to_value(value: &impl Serialize) -> Result<Value> {
    serde_json::to_value(value).map_err(Error::internal)
}

#[cfg(test)]
mod tests;
