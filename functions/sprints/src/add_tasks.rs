//! sprints-add-tasks

use millrace_domain::{
    Error, FieldError,
    id::{EventId, SprintId, TaskKey},
    resource::{Card, Counts},
    task::each_once,
};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Write};
use millrace_platform::path::SprintPath;
use millrace_store::{Stored, task::TaskRecord};
use millrace_task_changes::{Plan, PlanStep, TaskWriter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The maximum number of tasks per call.
const MOST_TASKS: usize = 100;

/// The tasks to add to a sprint and to return to the backlog: at most 100 together.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SprintTasks {
    /// Live tasks of the project to add, from the backlog or another sprint.
    #[serde(default)]
    pub add: Vec<TaskKey>,
    /// Tasks to return to the backlog. Tasks that are not in this sprint stay where they are.
    #[serde(default)]
    pub remove: Vec<TaskKey>,
}

/// The changed tasks.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct MovedTasks {
    /// Their cards after the change.
    pub tasks: Vec<Card>,
}

impl SprintTasks {
    /// All named tasks, without duplicates.
    fn named(&self) -> Vec<TaskKey> {
        each_once(self.add.iter().chain(&self.remove).cloned().collect())
    }

    fn check(&self, sprint: &SprintId, tasks: &[Stored<TaskRecord>]) -> Result<()> {
        if self.add.len() + self.remove.len() > MOST_TASKS {
            return Err(Error::field("add", format!("takes at most {MOST_TASKS} tasks, together with `remove`")));
        }
        let mut errors = Vec::new();
        let mut wrong = |field: String, message: &str| errors.push(FieldError { field, message: message.to_owned() });
        for (field, list) in [("add", &self.add), ("remove", &self.remove)] {
            for (index, task) in list.iter().enumerate() {
                if task.project() != sprint.project() {
                    wrong(format!("{field}[{index}]"), "is a task of another project");
                } else if field == "add" && tasks.iter().all(|other| other.value.fields.key != *task) {
                    wrong(format!("{field}[{index}]"), "is not a live task of this project");
                } else if field == "remove" && self.add.contains(task) {
                    wrong(format!("{field}[{index}]"), "is to be added too");
                }
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
    }
}

/// Adds tasks to a sprint that is not closed, and removes others from it.
///
/// Up to 24 tasks are changed atomically. With more, an interrupted call leaves some of them changed; repeat it to
/// change the rest.
#[derive(Clone, JsonSchema)]
pub struct AddTasks;

impl Endpoint for AddTasks {
    const ROUTE: Route =
        Route::put("sprints-add-tasks", "/api/sprints/{sprint_id}/tasks").needs(ProjectRole::Manager).timeout(30);
    type Uses = (Table<Write>,);
    type Path = SprintPath;
    type Query = Nothing;
    type Body = Json<SprintTasks>;
    type Output = Json<MovedTasks>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, sprint_id, sent) = (call.table(), &call.path.sprint_id, &call.body.0);
        let project = sprint_id.project();
        let (scope, (sprint, boards, fields, tasks, parts)) = call
            .authorize(|scope| async move {
                let scope = &scope;
                // A task of another project is not looked at, and what is too much is refused before it is read.
                let mut named = sent.named();
                named.retain(|task| task.project() == project);
                named.truncate(MOST_TASKS);
                let counts = async |task: TaskKey| Ok((table.subtask_counts(scope, &task).await?, task));
                futures::try_join!(
                    table.sprint(scope, sprint_id),
                    table.boards(scope, project),
                    table.field_definitions(scope, project),
                    table.live_tasks(scope, &named),
                    futures::future::try_join_all(named.iter().cloned().map(counts)),
                )
            })
            .await?;
        sent.check(sprint_id, &tasks)?;
        if !sprint.value.takes_tasks() {
            return Err(Error::conflict("The sprint is closed. What is in it stays as it was."));
        }
        let counts = |task: &Stored<TaskRecord>| {
            let own = parts.iter().find(|(_, key)| *key == task.value.fields.key).map(|(counts, _)| *counts);
            Counts { counters: task.value.counters, ..own.unwrap_or_default() }
        };
        let planned = |task: &TaskRecord| task.fields.sprint_id.as_ref() == Some(sprint_id);
        let steps: Vec<PlanStep<'_>> = tasks
            .iter()
            .filter_map(|task| {
                let add = sent.add.contains(&task.value.fields.key);
                let step = PlanStep { task, counts: counts(task), to: add.then_some(sprint_id) };
                (add != planned(&task.value)).then_some(step)
            })
            .collect();
        let batch = (steps.len() > 1).then(|| EventId::at(call.now));
        let plan = Plan { boards: &boards, definitions: &fields, target: Some(&sprint), steps: &steps };
        let (change, cards) = TaskWriter::by(&scope, call.now).in_batch(batch).plan(table, plan, 0).await?;
        if steps.is_empty() {
            return Ok(Json(MovedTasks { tasks: cards }));
        }
        call.commit(change, Json(MovedTasks { tasks: cards })).await
    }
}
