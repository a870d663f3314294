//! tasks-list-links

use crate::parts::task_link::TaskLink;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table, answer::List};
use millrace_platform::path::TaskPath;
use millrace_task_changes::Found;
use schemars::JsonSchema;

/// Lists the links of a task by kind. Links to archived or invisible tasks are left out.
#[derive(Clone, JsonSchema)]
pub struct ListLinks;

impl Endpoint for ListLinks {
    const ROUTE: Route = Route::get("tasks-list-links", "/api/tasks/{task}/links").needs(ProjectRole::Viewer);
    type Uses = (Table<Read>,);
    type Path = TaskPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<List<TaskLink>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, task, now) = (call.table(), &call.path.task, call.now);
        let (scope, (_, links)) = call
            .authorize(|scope| async move {
                futures::try_join!(Found::read(table, &scope, task, now), table.links(&scope, task))
            })
            .await?;
        let visible =
            links.iter().map(|link| &link.value.id).filter(|id| scope.role_in(id.other().project()).is_some());
        let mut ids: Vec<_> = visible.cloned().collect();
        ids.sort();
        let others: Vec<_> = ids.iter().map(|id| id.other().clone()).collect();
        let tasks = table.live_tasks(&scope, &others).await?;
        let links = ids.iter().filter_map(|id| {
            let other = tasks.iter().find(|task| task.value.fields.key == *id.other())?;
            Some(TaskLink::new(id, other))
        });
        Ok(Json(List::whole(links.collect())))
    }
}
