//! tasks-patch

use crate::{
    edit::Edit,
    lookup::Found,
    references::{References, Sent, cards_in},
};
use jiff::{Timestamp, civil::Date};
use millrace_domain::{
    board::rank::Rank,
    id::{ColumnId, LabelId, SprintId, TaskKey, UserId},
    patch::{Change, Patch},
    resource::Task,
    task::{Priority, custom::merged, each_once, lock::LockedField},
    text::{Markdown, Title},
};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Tagged, Write};
use millrace_platform::path::TaskPath;
use millrace_store::Scope;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

/// What of a task is to change. What is left out stays, null empties.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskChange {
    /// What is to be done, in a line.
    #[serde(default)]
    pub title: Change<Title>,
    /// What is to be done, as Markdown.
    #[serde(default)]
    pub description: Patch<Markdown>,
    /// The column of its board that it goes to the bottom of, as far as the workflow and the limit allow.
    #[serde(default)]
    pub column_id: Change<ColumnId>,
    /// How urgent it is.
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
    /// When work on it is to start.
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
    pub(crate) fn references(&self) -> Sent<'_> {
        Sent {
            assignees: self.assignees.0.as_deref().unwrap_or_default(),
            labels: self.labels.0.as_deref().unwrap_or_default(),
            reporter: set(&self.reporter),
            parent: set(&self.parent),
            sprint: set(&self.sprint_id),
            custom: self.custom.0.as_ref(),
        }
    }

    /// Puts the change into `edit`; a column, where `cards` are, is entered at `rank`.
    ///
    /// # Errors
    /// As [`Edit::enter`].
    pub(crate) fn apply(
        &self,
        edit: &mut Edit<'_>,
        scope: &Scope,
        cards: usize,
        rank: Rank,
        now: Timestamp,
    ) -> Result<()> {
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
        // After the fields: the workflow may ask for one that this very change sets.
        if let Some(column) = &self.column_id.0 {
            edit.enter(scope, column, cards, rank, now)?;
        }
        Ok(())
    }

    /// What of it somebody else may be editing.
    fn lockable(&self) -> Vec<LockedField> {
        let title = (!self.title.is_keep()).then_some(LockedField::Title);
        let description = (!self.description.is_keep()).then_some(LockedField::Description);
        // What is no id of a field is refused with the other values.
        let own = self.custom.0.iter().flat_map(Map::keys).filter_map(|id| id.parse().ok()).map(LockedField::Custom);
        title.into_iter().chain(description).chain(own).collect()
    }
}

/// Changes some fields of a task.
#[derive(Clone, JsonSchema)]
pub struct PatchTask;

impl Endpoint for PatchTask {
    const ROUTE: Route = Route::patch("tasks-patch", "/api/tasks/{task}").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = TaskPath;
    type Query = Nothing;
    type Body = Json<TaskChange>;
    type Output = Tagged<Task>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, task, sent, now) = (call.table(), &call.path.task, &call.body.0, call.now);
        let (scope, (found, references, cards)) = call
            .authorize(|scope| async move {
                let references = References::read(table, &scope, task.project(), sent.references());
                let cards = cards_in(table, &scope, task.project(), sent.column_id.0.as_ref());
                futures::try_join!(Found::read(table, &scope, task, now), references, cards)
            })
            .await?;
        found.expect_writable(&call)?;
        let lockable = sent.lockable();
        for field in &lockable {
            found.whole.check_lock(scope.person(), Some(field), now)?;
        }
        let mut edit = Edit::of(&found, &references);
        edit.writes_text = !lockable.is_empty();
        sent.apply(&mut edit, &scope, cards, Rank::bottom(now), now)?;
        edit.save(&call, &scope, sent.references()).await
    }
}
