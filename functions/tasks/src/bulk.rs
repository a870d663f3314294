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

/// The maximum number of tasks per call.
const MOST_TASKS: usize = 100;
/// How many writes run concurrently. Each checks the caller's membership, and transactions on the same item cancel each
/// other, so more would be slower.
const WRITES_AT_ONCE: usize = 8;

/// A task to change: its key, or its key and expected version.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum BulkTask {
    /// Any version.
    Key(TaskKey),
    /// Only if it still has this version.
    Known(KnownTask),
}

/// A task with its expected version.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KnownTask {
    /// The task.
    pub task: TaskKey,
    /// The expected version. If the task has another one, its item returns 412.
    pub version: u64,
    /// The target rank in the column it enters: the former `position` of its card, to undo a move. Defaults to the
    /// bottom.
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

    /// The expected version; none for any.
    fn version(&self) -> Option<u64> {
        match self {
            Self::Key(_) => None,
            Self::Known(known) => Some(known.version),
        }
    }

    /// The former rank; none for the bottom.
    fn rank(&self) -> Result<Option<Rank>> {
        match self {
            Self::Key(_) => Ok(None),
            Self::Known(known) => known.position.as_deref().map(str::parse).transpose(),
        }
    }
}

/// Tasks and the changes to make.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkChange {
    /// 1 to 100 distinct tasks of any projects: keys, or `{task, version, position}` for those with an expected
    /// version.
    pub tasks: Vec<BulkTask>,
    /// The changes.
    pub set: BulkSet,
}

/// The result of a bulk change.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BulkAnswer {
    /// One item per task, in the order of the request.
    pub items: Vec<BulkItem>,
}

/// The result for one task.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BulkItem {
    /// The task, as in the request.
    pub task: TaskKey,
    /// The HTTP status of this change: 200, or that of its problem.
    pub status: u16,
    /// The card after the change; null if there was a problem.
    pub card: Option<Card>,
    /// The problem; null if the change succeeded. Its `instance` is the task.
    pub problem: Option<Problem>,
}

impl BulkChange {
    /// The tasks to process. Too many are refused after the caller's roles are known.
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

/// Applies the same changes to many tasks, each independently with a result of its own.
///
/// A refused task does not affect the others. Requires the developer role in each task's project: an invisible task
/// returns 404 in its item, a read-only one 403. All events of the call share a `batch`, so that people are notified
/// once.
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

/// Changes one task and returns its item. If it loses a race, it is read again and retried alone.
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

/// Applies the change to a task, as first read or as read again.
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

/// The item of a task.
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

/// The same error, with the field names of this request.
fn in_set(error: Error) -> Error {
    error.naming(|field| format!("set.{field}"))
}
