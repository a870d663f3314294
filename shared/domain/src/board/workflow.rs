//! Board workflows: the allowed transitions between columns.

use crate::{Error, Result, id::ColumnId, task::TaskFields, workspace::role::ProjectRole};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A field that a transition can require.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RequiredField {
    /// At least one assignee.
    Assignees,
    /// At least one label.
    Labels,
    /// Story points.
    StoryPoints,
    /// An estimate in hours.
    EstimatedHours,
    /// A start date.
    StartDate,
    /// A due date.
    DueDate,
}

/// An allowed transition from one column to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Transition {
    /// The column that a task leaves.
    pub from: ColumnId,
    /// The column that it enters.
    pub to: ColumnId,
    /// The least project role that may make this transition; null for everybody who may move tasks.
    #[serde(default)]
    pub role: Option<ProjectRole>,
    /// The fields that must be set for this transition.
    #[serde(default)]
    pub required_fields: Vec<RequiredField>,
}

/// The allowed transitions. If empty, every transition is allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct Workflow {
    /// The allowed transitions.
    pub transitions: Vec<Transition>,
}

impl Workflow {
    /// Checks a transition of `task` to the column `to` by someone with `role`.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `to_column` if the transition is not allowed, or a role or field is missing.
    pub fn check(&self, task: &TaskFields, to: &ColumnId, role: ProjectRole) -> Result<()> {
        if self.transitions.is_empty() || task.column_id == *to {
            return Ok(());
        }
        let step = self
            .transitions
            .iter()
            .find(|step| step.from == task.column_id && step.to == *to)
            .ok_or_else(|| Error::field("to_column", "The workflow of this board does not allow this step."))?;
        if let Some(needed) = step.role.filter(|needed| !role.covers(*needed)) {
            return Err(Error::field("to_column", format!("Only a {needed} may take this step.")));
        }
        let missing: Vec<_> = step.required_fields.iter().filter(|field| !has(task, **field)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let names = missing.iter().map(|field| name(**field)).collect::<Vec<_>>().join(", ");
        Err(Error::field("to_column", format!("This step needs the task to have {names}.")))
    }
}

fn has(task: &TaskFields, field: RequiredField) -> bool {
    match field {
        RequiredField::Assignees => !task.assignees.is_empty(),
        RequiredField::Labels => !task.labels.is_empty(),
        RequiredField::StoryPoints => task.story_points.is_some(),
        RequiredField::EstimatedHours => task.estimated_hours.is_some(),
        RequiredField::StartDate => task.start_date.is_some(),
        RequiredField::DueDate => task.due_date.is_some(),
    }
}

fn name(field: RequiredField) -> &'static str {
    match field {
        RequiredField::Assignees => "an assignee",
        RequiredField::Labels => "a label",
        RequiredField::StoryPoints => "story points",
        RequiredField::EstimatedHours => "an estimate in hours",
        RequiredField::StartDate => "a start date",
        RequiredField::DueDate => "a due date",
    }
}
