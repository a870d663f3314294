//! All that people write into a task, replaced at once.

use crate::{
    edit::Lockable,
    found::Found,
    outcome::Outcome,
    references::{References, Sent},
    writer::TaskWriter,
};
use jiff::{Timestamp, civil::Date};
use millrace_domain::{
    Result,
    id::{LabelId, SprintId, TaskKey, UserId},
    task::{
        Priority,
        custom::{self, merged},
        each_once,
    },
    text::{Markdown, Title},
};
use millrace_store::{Scope, Table, table::Mode};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

/// All that people write into a task. What is left out is emptied.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskReplacement {
    /// The title.
    pub title: Title,
    /// What is to be done, as Markdown.
    #[serde(default)]
    pub description: Option<Markdown>,
    /// How urgent it is; `medium` if nobody says.
    #[serde(default)]
    pub priority: Option<Priority>,
    /// Who works on it: at most 50 people with a role in the project.
    #[serde(default)]
    pub assignees: Vec<UserId>,
    /// Its labels: at most 50 of the project's.
    #[serde(default)]
    pub labels: Vec<LabelId>,
    /// Its size in story points, at most 1000.
    #[serde(default)]
    pub story_points: Option<u32>,
    /// Its size in hours, at most 10000.
    #[serde(default)]
    pub estimated_hours: Option<f64>,
    /// The start date.
    #[serde(default)]
    pub start_date: Option<Date>,
    /// When it is to be done; not before it starts.
    #[serde(default)]
    pub due_date: Option<Date>,
    /// The task that it is a part of: a live one of the project that is no part itself.
    #[serde(default)]
    pub parent: Option<TaskKey>,
    /// The sprint that it is planned for: one of the project that is not closed.
    #[serde(default)]
    pub sprint_id: Option<SprintId>,
    /// The values of the project's own fields, by the fields' ids.
    #[serde(default)]
    pub custom: Map<String, Value>,
    /// What other systems keep here, by a name of their own; at most 10,000 bytes.
    #[serde(default)]
    pub metadata: Map<String, Value>,
}

impl TaskReplacement {
    /// What it refers to.
    pub fn references(&self) -> Sent<'_> {
        Sent {
            assignees: &self.assignees,
            labels: &self.labels,
            reporter: None,
            parent: self.parent.as_ref(),
            sprint: self.sprint_id.as_ref(),
            custom: Some(&self.custom),
        }
    }
}

/// A task that is to be replaced, with what the replacement refers to.
pub struct Replacing {
    /// The task.
    pub found: Found,
    references: References,
}

impl Replacing {
    /// Reads a task and what `sent` refers to in one round trip.
    ///
    /// # Errors
    /// [`millrace_domain::Error::NotFound`] where there is no such task.
    pub async fn read<M: Mode, S>(
        table: &Table<M>,
        scope: &Scope<S>,
        task: &TaskKey,
        sent: &TaskReplacement,
        now: Timestamp,
    ) -> Result<Self> {
        let references = References::read(table, scope, task.project(), sent.references());
        let (found, references) = futures::try_join!(Found::read(table, scope, task, now), references)?;
        Ok(Self { found, references })
    }
}

impl<S> TaskWriter<'_, S> {
    /// Replaces all that people write into a live task.
    ///
    /// # Errors
    /// As [`TaskWriter::change`].
    pub fn replace(&self, replacing: &Replacing, sent: &TaskReplacement) -> Result<Outcome> {
        let Replacing { found, references } = replacing;
        let mut edit = self.edit(found, references, &Lockable::Everything)?;
        edit.description = sent.description.clone().unwrap_or_default();
        let fields = &mut edit.fields;
        fields.title = sent.title.clone();
        fields.priority = sent.priority.unwrap_or_default();
        fields.assignees = each_once(sent.assignees.clone());
        fields.labels = each_once(sent.labels.clone());
        fields.story_points = sent.story_points;
        fields.estimated_hours = sent.estimated_hours;
        fields.start_date = sent.start_date;
        fields.due_date = sent.due_date;
        fields.sprint_id = sent.sprint_id.clone();
        fields.parent = sent.parent.clone();
        let custom = custom::replacing(&found.whole.custom_fields, &fields.custom, &sent.custom);
        fields.custom = merged(&fields.custom, &custom);
        fields.metadata = sent.metadata.clone();
        self.finish(edit, Sent { custom: Some(&custom), ..sent.references() })
    }
}
