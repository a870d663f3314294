//! tasks-bulk

use futures::{StreamExt, stream};
use millrace_domain::{
    Error, FieldError,
    board::rank::Rank,
    id::{EventId, TaskKey},
    resource::Card,
};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, Result, Route, Table, WorkspaceRole, Write, problem::Problem, racing::again,
};
use millrace_store::Scope;
use millrace_task_changes::{Asked, BulkSet, Many, Outcome};
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
    fn key(&self) -> &TaskKey {
        match self {
            Self::Key(task) => task,
            Self::Known(known) => &known.task,
        }
    }

    /// The version that it has to have; none where any will do.
    fn version(&self) -> Option<u64> {
        match self {
            Self::Key(_) => None,
            Self::Known(known) => Some(known.version),
        }
    }

    /// The rank that it had before; none where it goes to the bottom.
    fn rank(&self) -> Result<Option<Rank>> {
        match self {
            Self::Key(_) => Ok(None),
            Self::Known(known) => known.position.as_deref().map(str::parse).transpose(),
        }
    }
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
            match task.rank() {
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
        let outcome = |task| many.outcome(&scope, &asked(task)?, &sent.set, batch, now);
        let first: Vec<_> = sent.tasks.iter().enumerate().map(outcome).collect();
        let tasks = sent.tasks.iter().enumerate().zip(first);
        let lines: Vec<_> = tasks.map(|(task, first)| line(&call, &scope, task, first, batch)).collect();
        Ok(Json(BulkAnswer { items: stream::iter(lines).buffered(WRITES_AT_ONCE).collect().await }))
    }
}

/// The `place`-th task of the call.
fn asked((place, task): (usize, &BulkTask)) -> Result<Asked<'_>> {
    Ok(Asked { task: task.key(), version: task.version(), rank: task.rank()?, place })
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
            alone.outcome(scope, &asked((place, task))?, set, batch, call.now)
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
