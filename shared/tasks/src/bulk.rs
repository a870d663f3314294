//! The same change for many tasks.

use crate::{change::TaskChange, found::Found, references::Sent};
use jiff::civil::Date;
use millrace_domain::{
    FieldError, Result,
    id::{ColumnId, LabelId, SprintId, UserId},
    patch::{Change, Patch},
    task::{Priority, Status},
};
use schemars::JsonSchema;
use serde::Deserialize;

/// What is to change on each of the tasks. What is left out stays, null empties.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkSet {
    /// The column that they go to the bottom of, or to the `position` that one is named with, as far as the workflow and
    /// the limit allow: of the board of each.
    #[serde(default)]
    pub column_id: Change<ColumnId>,
    /// The status that they come to: they go to the first column that has it, each on its own board.
    #[serde(default)]
    pub status: Change<Status>,
    /// How urgent they are.
    #[serde(default)]
    pub priority: Change<Priority>,
    /// Who works on them, in place of whoever does: at most 50 people with a role in the project.
    #[serde(default)]
    pub assignees: Change<Vec<UserId>>,
    /// Who works on them too.
    #[serde(default)]
    pub add_assignees: Vec<UserId>,
    /// Who does not work on them any more.
    #[serde(default)]
    pub remove_assignees: Vec<UserId>,
    /// Their labels, in place of those that they have: at most 50 of the project's.
    #[serde(default)]
    pub labels: Change<Vec<LabelId>>,
    /// Labels that they get beside those that they have.
    #[serde(default)]
    pub add_labels: Vec<LabelId>,
    /// Labels that they lose.
    #[serde(default)]
    pub remove_labels: Vec<LabelId>,
    /// Their size in story points, at most 1000.
    #[serde(default)]
    pub story_points: Patch<u32>,
    /// Their size in hours, at most 10000.
    #[serde(default)]
    pub estimated_hours: Patch<f64>,
    /// When work on them is to start.
    #[serde(default)]
    pub start_date: Patch<Date>,
    /// When they are to be done; not before they start.
    #[serde(default)]
    pub due_date: Patch<Date>,
    /// The sprint that they are planned for: one of their project that is not closed.
    #[serde(default)]
    pub sprint_id: Patch<SprintId>,
    /// Whether they are archived: `true` takes them off their boards, `false` brings them back. It goes alone.
    #[serde(default)]
    pub archived: Change<bool>,
}

impl BulkSet {
    /// What of it points to other things, over all tasks.
    pub(crate) fn references(&self) -> Sent<'_> {
        let assignees = self.assignees.0.as_deref().unwrap_or(&self.add_assignees);
        let labels = self.labels.0.as_deref().unwrap_or(&self.add_labels);
        let sprint = match &self.sprint_id {
            Patch::Set(sprint) => Some(sprint),
            Patch::Keep | Patch::Clear => None,
        };
        Sent { assignees, labels, sprint, ..Sent::default() }
    }

    /// The change of one task.
    pub(crate) fn for_task(&self, found: &Found) -> Result<TaskChange> {
        let fields = &found.whole.fields.value.fields;
        let column = self.status.0.map_or(Ok(None), |status| found.column_of(status))?;
        let column_id = column.map_or_else(|| self.column_id.clone(), |column| Change(Some(column.value.id.clone())));
        Ok(TaskChange {
            column_id,
            priority: self.priority.clone(),
            assignees: list(&fields.assignees, &self.assignees, &self.add_assignees, &self.remove_assignees),
            labels: list(&fields.labels, &self.labels, &self.add_labels, &self.remove_labels),
            story_points: self.story_points.clone(),
            estimated_hours: self.estimated_hours.clone(),
            start_date: self.start_date.clone(),
            due_date: self.due_date.clone(),
            sprint_id: self.sprint_id.clone(),
            ..TaskChange::default()
        })
    }

    /// What of it is wrong by itself, by the fields of a request whose field `set` it is.
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut wrong = |field: &str, message: &str| {
            errors.push(FieldError { field: field.to_owned(), message: message.to_owned() });
        };
        if *self == Self::default() {
            wrong("set", "says nothing that is to change");
        }
        if !self.archived.is_keep() && *self != (Self { archived: self.archived.clone(), ..Self::default() }) {
            wrong("set.archived", "goes alone");
        }
        if !self.status.is_keep() && !self.column_id.is_keep() {
            wrong("set.status", "give either status or column_id");
        }
        if self.assignees.0.is_some() && self.add_assignees.len() + self.remove_assignees.len() > 0 {
            wrong("set.assignees", "give either all of them, or those to add and to remove");
        }
        if self.labels.0.is_some() && self.add_labels.len() + self.remove_labels.len() > 0 {
            wrong("set.labels", "give either all of them, or those to add and to remove");
        }
        errors
    }
}

/// A list as it is to be: `set` in its place, or with some more and without others; kept where neither is said.
fn list<T: Clone + PartialEq>(before: &[T], set: &Change<Vec<T>>, add: &[T], remove: &[T]) -> Change<Vec<T>> {
    if !set.is_keep() || (add.is_empty() && remove.is_empty()) {
        return set.clone();
    }
    let kept = before.iter().filter(|entry| !add.contains(entry)).chain(add);
    Change(Some(kept.filter(|entry| !remove.contains(entry)).cloned().collect()))
}
