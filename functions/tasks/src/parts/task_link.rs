//! The representation of a link.

use millrace_domain::{
    id::TaskKey,
    task::link::{LinkId, Relation},
    text::Title,
};
use millrace_store::{Stored, task::TaskRecord};
use schemars::JsonSchema;
use serde::Serialize;

/// A link of a task.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TaskLink {
    /// The link's id at this task.
    pub id: LinkId,
    /// This task's relation to the other one.
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
