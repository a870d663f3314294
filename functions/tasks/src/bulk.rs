//! tasks-bulk

use crate::{edit::Outcome, lookup::Found, many::Many, patch::TaskChange, references::Sent};
use futures::{StreamExt, stream};
use jiff::civil::Date;
use millrace_domain::{
    Error, FieldError,
    board::rank::Rank,
    id::{ColumnId, EventId, LabelId, SprintId, TaskKey, UserId},
    patch::{Change, Patch},
    resource::Card,
    task::{Priority, Status},
};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, Result, Route, Table, WorkspaceRole, Write, problem::Problem, racing::again,
};
use millrace_store::Scope;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The most tasks that one call changes.
const MOST_TASKS: usize = 100;
/// How many writes are under way at once. Each checks the caller's membership, and transactions that meet at one item
/// cancel each other: more at once would be slower.
const WRITES_AT_ONCE: usize = 8;

/// A task that is to be changed: its key, or its key and the version that the caller knows.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum BulkTask {
    /// Whatever its version is.
    Key(TaskKey),
    /// Only if it still has this version.
    Known(KnownTask),
}

/// A task as the caller knows it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KnownTask {
    /// The task.
    pub task: TaskKey,
    /// The version that it has to have; another one is refused with 412 in its line.
    pub version: u64,
    /// Where in the column that it comes into it goes: the `position` that its card had there before, so that what was
    /// moved is put back. The bottom if nobody says.
    #[serde(default)]
    pub position: Option<String>,
}

impl BulkTask {
    /// The task's key.
    pub(crate) fn key(&self) -> &TaskKey {
        match self {
            Self::Key(task) => task,
            Self::Known(known) => &known.task,
        }
    }

    /// The version that it has to have; none where any will do.
    pub(crate) fn version(&self) -> Option<u64> {
        match self {
            Self::Key(_) => None,
            Self::Known(known) => Some(known.version),
        }
    }

    /// The place that it had before; none where it goes to the bottom.
    pub(crate) fn place(&self) -> Result<Option<Rank>> {
        match self {
            Self::Key(_) => Ok(None),
            Self::Known(known) => known.position.as_deref().map(str::parse).transpose(),
        }
    }
}

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

/// Tasks, and what is to change on each of them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkChange {
    /// 1 to 100 tasks of any projects, each once: keys, or `{task, version, position}` for those that may not have changed
    /// since.
    pub tasks: Vec<BulkTask>,
    /// What is to change.
    pub set: BulkSet,
}

/// What came of a bulk change.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BulkAnswer {
    /// A line for each task, in the order in which they were named.
    pub items: Vec<BulkItem>,
}

/// What came of the change for one task.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BulkItem {
    /// The task, as it was named.
    pub task: TaskKey,
    /// The status that the same change of this task alone would have had: 200, or that of its problem.
    pub status: u16,
    /// Its card as it is now; null where it was not changed because of a problem.
    pub card: Option<Card>,
    /// Why it was not changed; null where it was. Its `instance` is the task.
    pub problem: Option<Problem>,
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
        let column_id = match self.status.0 {
            Some(status) if found.board.status(fields)? != status => {
                let column = found.board.first_of(status);
                let none = || Error::field("status", "is the status of no column of the task's board");
                Change(Some(column.ok_or_else(none)?.value.id.clone()))
            }
            _ => self.column_id.clone(),
        };
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

    fn check(&self) -> Vec<FieldError> {
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

impl BulkChange {
    /// The tasks that are looked at: what is too much is refused after the caller's roles are known.
    fn named(&self) -> Vec<TaskKey> {
        self.tasks.iter().take(MOST_TASKS).map(|task| task.key().clone()).collect()
    }

    fn check(&self) -> Result<()> {
        let mut errors = self.set.check();
        let mut wrong = |field: String, message: String| errors.push(FieldError { field, message });
        if !(1..=MOST_TASKS).contains(&self.tasks.len()) {
            wrong("tasks".to_owned(), format!("takes 1 to {MOST_TASKS} tasks"));
        }
        for (index, task) in self.tasks.iter().enumerate().take(MOST_TASKS) {
            if self.tasks.iter().take(index).any(|earlier| earlier.key() == task.key()) {
                wrong(format!("tasks[{index}]"), "is named already".to_owned());
            }
            let field = || format!("tasks[{index}].position");
            match task.place() {
                Ok(Some(_)) if self.set.column_id.is_keep() && self.set.status.is_keep() => {
                    wrong(field(), "goes with a column or a status".to_owned());
                }
                Err(Error::Invalid(refused)) => {
                    refused.into_iter().for_each(|error| wrong(field(), error.message));
                }
                _ => {}
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
    }
}

/// Changes many tasks in the same way: each by itself, with an answer of its own.
///
/// What one task refuses keeps no other from being changed. In each task's project the caller has to be developer: a
/// task that they may not see is 404 in its line, one that they may only look at 403. All events of the call share a
/// `batch`, so that people hear of it once.
#[derive(Clone, JsonSchema)]
pub struct BulkTasks;

impl Endpoint for BulkTasks {
    const ROUTE: Route =
        Route::post("tasks-bulk", "/api/tasks/bulk").in_workspace(WorkspaceRole::Guest).timeout(30).memory(512);
    type Uses = (Table<Write>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Json<BulkChange>;
    type Output = Json<BulkAnswer>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, sent, now): (&Table<Write>, _, _) = (call.table(), &call.body.0, call.now);
        let named = &sent.named();
        let (scope, mut many) = call
            .authorize(|scope| async move { Many::read(table, &scope, named, &sent.set, now).await.map_err(in_set) })
            .await?;
        sent.check()?;
        let batch = Some(EventId::at(now));
        let outcome = |task| many.outcome(&call, &scope, task, &sent.set, batch);
        let first: Vec<_> = sent.tasks.iter().enumerate().map(outcome).collect();
        let tasks = sent.tasks.iter().enumerate().zip(first);
        let lines: Vec<_> = tasks.map(|(task, first)| line(&call, &scope, task, first, batch)).collect();
        Ok(Json(BulkAnswer { items: stream::iter(lines).buffered(WRITES_AT_ONCE).collect().await }))
    }
}

/// Changes one task, and answers with its line. Where it loses a race, it is read and tried again alone.
async fn line(
    call: &Call<BulkTasks>,
    scope: &Scope,
    task: (usize, &BulkTask),
    first: Result<Outcome>,
    batch: Option<EventId>,
) -> BulkItem {
    let mut first = Some(first);
    let done = again(|| change(call, scope, task, first.take(), batch)).await;
    told(task.1.key(), done)
}

/// Writes what the change means to one task: as it was read first, or as it is read now.
async fn change(
    call: &Call<BulkTasks>,
    scope: &Scope,
    (place, task): (usize, &BulkTask),
    first: Option<Result<Outcome>>,
    batch: Option<EventId>,
) -> Result<Card> {
    let (table, set): (&Table<Write>, _) = (call.table(), &call.body.0.set);
    let outcome = match first {
        Some(outcome) => outcome,
        None => {
            let mut alone = Many::read(table, scope, std::slice::from_ref(task.key()), set, call.now).await?;
            alone.outcome(call, scope, (place, task), set, batch)
        }
    }?;
    if let Some(change) = outcome.change {
        table.commit(change).await?;
    }
    Ok(outcome.card)
}

/// What a task's line tells of it.
fn told(task: &TaskKey, done: Result<Card>) -> BulkItem {
    let error = match done {
        Ok(card) => return BulkItem { task: task.clone(), status: 200, card: Some(card), problem: None },
        Err(error) => in_set(error),
    };
    if let Error::Internal(cause) | Error::Busy(cause) = &error {
        tracing::error!(function = BulkTasks::ROUTE.name, %task, %cause, "a task of a bulk edit was not changed");
    }
    let problem = Problem { instance: format!("/api/tasks/{task}"), ..Problem::new(&error, "") };
    BulkItem { task: task.clone(), status: problem.status, card: None, problem: Some(problem) }
}

/// The same refusal, naming fields as this request calls them.
fn in_set(error: Error) -> Error {
    match error {
        Error::Invalid(errors) => {
            let named = |error: FieldError| FieldError { field: format!("set.{}", error.field), ..error };
            Error::Invalid(errors.into_iter().map(named).collect())
        }
        other => other,
    }
}
