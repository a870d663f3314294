//! tasks-assign

use crate::parts::answer::{commit, expect_writable};
use millrace_domain::{
    Error,
    id::{ProjectKey, UserId},
    resource::Task,
};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Tagged, Write};
use millrace_platform::path::TaskPath;
use millrace_store::{Stored, task::TaskRecord, workspace::Member};
use millrace_task_changes::{Found, References, Sent, TaskWriter};
use schemars::JsonSchema;
use serde::Deserialize;

/// The assignees of a task: exactly one of `assignees` and `auto`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// The assignees: at most 50 people with a role in the project. An empty list unassigns everybody.
    #[serde(default)]
    pub assignees: Option<Vec<UserId>>,
    /// Selects the project member with at least the developer role and the fewest open tasks.
    #[serde(default)]
    pub auto: Option<bool>,
}

impl Assignment {
    fn check(&self) -> Result<()> {
        match (&self.assignees, self.auto) {
            (Some(_), Some(true)) => Err(Error::field("auto", "give either assignees or auto")),
            (None, None | Some(false)) => Err(Error::field("assignees", "is missing; or say auto: true")),
            _ => Ok(()),
        }
    }

    fn picks(&self) -> bool {
        self.auto == Some(true)
    }

    fn references(&self) -> Sent<'_> {
        Sent { assignees: self.assignees.as_deref().unwrap_or_default(), ..Sent::default() }
    }
}

/// Sets the assignees of a task, or assigns the person with the fewest open tasks.
#[derive(Clone, JsonSchema)]
pub struct AssignTask;

impl Endpoint for AssignTask {
    const ROUTE: Route = Route::post("tasks-assign", "/api/tasks/{task}/assign").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = TaskPath;
    type Query = Nothing;
    type Body = Json<Assignment>;
    type Output = Tagged<Task>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, task, sent, now) = (call.table(), &call.path.task, &call.body.0, call.now);
        let (scope, (found, references, people)) = call
            .authorize(|scope| async move {
                let scope = &scope;
                let people = async {
                    if !sent.picks() {
                        return Ok(None);
                    }
                    futures::try_join!(table.members(scope), table.tasks(scope, task.project(), false)).map(Some)
                };
                let references = References::read(table, scope, task.project(), sent.references());
                futures::try_join!(Found::read(table, scope, task, now), references, people)
            })
            .await?;
        sent.check()?;
        expect_writable(&call, &found)?;
        let named = sent.assignees.as_deref().unwrap_or_default();
        let assignees = match people {
            Some((members, tasks)) => vec![least_busy(task.project(), &members, &tasks)?],
            None => named.to_vec(),
        };
        commit(&call, TaskWriter::by(&scope, now).assign(&found, &references, assignees, named)?).await
    }
}

/// The project member with at least the developer role and the fewest open tasks; among equals the first by name.
fn least_busy(project: &ProjectKey, members: &[Stored<Member>], tasks: &[Stored<TaskRecord>]) -> Result<UserId> {
    let open = |person: &UserId| {
        let open = tasks.iter().map(|task| &task.value.fields).filter(|task| task.closed_at.is_none());
        open.filter(|task| task.assignees.contains(person)).count()
    };
    let works = |member: &&Member| member.projects.get(project).is_some_and(|role| role.covers(ProjectRole::Developer));
    let listed = members.iter().map(|member| &member.value).filter(works);
    let chosen = listed.min_by_key(|member| (open(&member.user), member.name.to_lowercase(), member.user.clone()));
    let nobody = || Error::field("auto", "the project lists nobody as developer or more, so there is nobody to pick");
    chosen.map(|member| member.user.clone()).ok_or_else(nobody)
}
