//! What is to change on a task, field by field.

use crate::{
    edit::{Edit, Lockable},
    found::Found,
    outcome::Outcome,
    place::{CardCounts, Placing},
    references::{References, Sent},
    writer::TaskWriter,
};
use jiff::{Timestamp, civil::Date};
use millrace_domain::{
    Error, Result,
    board::rank::Rank,
    id::{ColumnId, LabelId, SprintId, TaskKey, UserId},
    patch::{Change, Patch},
    task::{Priority, Status, custom::merged, each_once, lock::LockedField},
    text::{Markdown, Title},
};
use millrace_store::{Scope, Stored, Table, board::ColumnRecord, table::Mode};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

/// What of a task is to change. What is left out stays, null empties.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskChange {
    /// The title.
    #[serde(default)]
    pub title: Change<Title>,
    /// What is to be done, as Markdown.
    #[serde(default)]
    pub description: Patch<Markdown>,
    /// The column of its board that it goes to the bottom of, as far as the workflow and the limit allow.
    #[serde(default)]
    pub column_id: Change<ColumnId>,
    /// The status that it comes to: it goes to the bottom of the first column of its board that has it, as far as the
    /// workflow and the limit allow. Not together with `column_id`.
    #[serde(default)]
    pub status: Change<Status>,
    /// The priority.
    #[serde(default)]
    pub priority: Change<Priority>,
    /// Who works on it: at most 50 people with a role in the project.
    #[serde(default)]
    pub assignees: Change<Vec<UserId>>,
    /// Who asked for it: somebody with a role in the project.
    #[serde(default)]
    pub reporter: Patch<UserId>,
    /// Its labels: at most 50 of the project's.
    #[serde(default)]
    pub labels: Change<Vec<LabelId>>,
    /// Its size in story points, at most 1000.
    #[serde(default)]
    pub story_points: Patch<u32>,
    /// Its size in hours, at most 10000.
    #[serde(default)]
    pub estimated_hours: Patch<f64>,
    /// The start date.
    #[serde(default)]
    pub start_date: Patch<Date>,
    /// When it is to be done; not before it starts.
    #[serde(default)]
    pub due_date: Patch<Date>,
    /// The task that it is a part of: a live one of the project that is no part itself.
    #[serde(default)]
    pub parent: Patch<TaskKey>,
    /// The sprint that it is planned for: one of the project that is not closed.
    #[serde(default)]
    pub sprint_id: Patch<SprintId>,
    /// The values of the project's own fields that change, by the fields' ids; null empties one.
    #[serde(default)]
    pub custom: Change<Map<String, Value>>,
    /// What other systems keep here, by a name of their own; at most 10,000 bytes, and all of it at once.
    #[serde(default)]
    pub metadata: Change<Map<String, Value>>,
}

fn set<T>(patch: &Patch<T>) -> Option<&T> {
    match patch {
        Patch::Set(value) => Some(value),
        Patch::Keep | Patch::Clear => None,
    }
}

impl TaskChange {
    /// Checks what no single field can tell.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a status together with a column.
    pub fn check(&self) -> Result<()> {
        if !self.status.is_keep() && !self.column_id.is_keep() {
            return Err(Error::field("status", "give either status or column_id"));
        }
        Ok(())
    }

    /// What it refers to.
    pub fn references(&self) -> Sent<'_> {
        Sent {
            assignees: self.assignees.0.as_deref().unwrap_or_default(),
            labels: self.labels.0.as_deref().unwrap_or_default(),
            reporter: set(&self.reporter),
            parent: set(&self.parent),
            sprint: set(&self.sprint_id),
            custom: self.custom.0.as_ref(),
        }
    }

    /// The column that the status leads to, on the board of a task: none where the task has that status.
    fn column_of_status<'found>(&self, found: &'found Found) -> Result<Option<&'found Stored<ColumnRecord>>> {
        self.status.0.map_or(Ok(None), |status| found.column_of(status))
    }

    /// What of it somebody else may be editing.
    fn lockable(&self) -> Lockable {
        let title = (!self.title.is_keep()).then_some(LockedField::Title);
        let description = (!self.description.is_keep()).then_some(LockedField::Description);
        // What is no id of a field is refused with the other values.
        let own = self.custom.0.iter().flat_map(Map::keys).filter_map(|id| id.parse().ok()).map(LockedField::Custom);
        Lockable::Fields(title.into_iter().chain(description).chain(own).collect())
    }

    /// Puts new values into the fields of an edit.
    fn apply(&self, edit: &mut Edit<'_>) {
        match self.description.clone() {
            Patch::Keep => {}
            Patch::Clear => edit.description = Markdown::default(),
            Patch::Set(description) => edit.description = description,
        }
        let fields = &mut edit.fields;
        self.title.clone().apply(&mut fields.title);
        self.priority.clone().apply(&mut fields.priority);
        Change(self.assignees.0.clone().map(each_once)).apply(&mut fields.assignees);
        self.reporter.clone().apply(&mut fields.reporter);
        Change(self.labels.0.clone().map(each_once)).apply(&mut fields.labels);
        self.story_points.clone().apply(&mut fields.story_points);
        self.estimated_hours.clone().apply(&mut fields.estimated_hours);
        self.start_date.clone().apply(&mut fields.start_date);
        self.due_date.clone().apply(&mut fields.due_date);
        self.sprint_id.clone().apply(&mut fields.sprint_id);
        self.parent.clone().apply(&mut fields.parent);
        if let Some(values) = &self.custom.0 {
            fields.custom = merged(&fields.custom, values);
        }
        self.metadata.clone().apply(&mut fields.metadata);
    }
}

/// A task that is to be changed, with all that the change needs to know.
pub struct Changing {
    /// The task.
    pub found: Found,
    references: References,
    cards: CardCounts,
}

impl Changing {
    /// Reads a task and what `change` refers to in one round trip. A status whose column has a limit takes one more.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such task.
    pub async fn read<M: Mode, S>(
        table: &Table<M>,
        scope: &Scope<S>,
        task: &TaskKey,
        change: &TaskChange,
        now: Timestamp,
    ) -> Result<Self> {
        let (found, references, mut cards) = futures::try_join!(
            Found::read(table, scope, task, now),
            References::read(table, scope, task.project(), change.references()),
            CardCounts::of(table, scope, task.project(), change.column_id.0.as_ref()),
        )?;
        // A status that leads to no column is refused when the change is made.
        if let Ok(Some(column)) = change.column_of_status(&found) {
            cards.count_limited(table, scope, task.project(), &column.value).await?;
        }
        Ok(Self { found, references, cards })
    }
}

impl<S> TaskWriter<'_, S> {
    /// Changes some fields of a live task. Where it comes into another column, it goes to the bottom.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field that is wrong, [`Error::Conflict`] for an archived task, [`Error::Locked`]
    /// where somebody else edits what is to be written.
    pub fn change(&self, changing: &Changing, change: &TaskChange) -> Result<Outcome> {
        let Changing { found, references, cards } = changing;
        self.change_at(found, references, cards, change, Rank::bottom(self.now))
    }

    /// As [`TaskWriter::change`]; where the task comes into another column, it goes to `rank`.
    pub(crate) fn change_at(
        &self,
        found: &Found,
        references: &References,
        cards: &CardCounts,
        change: &TaskChange,
        rank: Rank,
    ) -> Result<Outcome> {
        change.check()?;
        let mut edit = self.edit(found, references, &change.lockable())?;
        change.apply(&mut edit);
        // After the fields: the workflow may require one that this very change sets.
        let (column, field) = match &change.column_id.0 {
            Some(column) => (Some(column), "column_id"),
            None => (change.column_of_status(found)?.map(|column| &column.value.id), "status"),
        };
        if let Some(column) = column {
            self.enter(&mut edit, Placing { column, cards: cards.cards(column), field }, rank)?;
        }
        self.finish(edit, change.references())
    }
}
