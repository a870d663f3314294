//! analytics-distribution

use crate::{
    figures::{STATUSES, standing},
    shown::{Counters, Shown, about_today},
};
use millrace_domain::{
    id::{LabelId, ProjectKey, UserId},
    measure::{By, kept_for, with_priority, with_status},
    task::{Priority, Status},
    task_filter::AnyOf,
};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole, answer::List, call::to_value,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What tasks are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// All tasks by their status.
    #[default]
    Status,
    /// Open tasks by their priority.
    Priority,
    /// Open tasks by who works on them.
    Assignee,
    /// Open tasks by their labels.
    Label,
}

/// Which distribution is asked for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct DistributionQuery {
    /// What tasks are grouped by; their status if nobody says.
    #[serde(default)]
    pub by: Grouping,
    /// Project keys, with commas between them; all that the caller sees if nobody says.
    #[serde(default)]
    pub project: AnyOf<ProjectKey>,
}

/// One group of tasks.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TaskGroup {
    /// The status, the priority, the person or the label; null for tasks that nobody works on.
    pub group: Value,
    /// How many tasks. One with two people or labels counts for each.
    pub tasks: i64,
}

/// Reads how tasks spread over statuses, priorities, people or labels, in the projects that the caller sees.
#[derive(Clone, JsonSchema)]
pub struct Distribution;

impl Endpoint for Distribution {
    const ROUTE: Route =
        Route::get("analytics-distribution", "/api/analytics/tasks/distribution").in_workspace(WorkspaceRole::Guest);
    type Uses = (Table<Read>,);
    type Path = Nothing;
    type Query = DistributionQuery;
    type Body = Nothing;
    type Output = Json<List<TaskGroup>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, query, about) = (call.table(), &call.query, about_today(&call));
        let (scope, counters) = call
            .authorize(|scope| async move { Counters::read(table, &scope, about, Some(about), Some(about)).await })
            .await?;
        let shown = counters.seen_by(&scope, &query.project.0)?;
        Ok(Json(List::whole(groups(&shown, query.by)?)))
    }
}

/// The groups of tasks, in the order of work or of urgency, else the largest first.
pub(crate) fn groups(shown: &Shown, by: Grouping) -> Result<Vec<TaskGroup>> {
    let open = |by: By<'_>| -> i64 {
        let open = STATUSES.into_iter().filter(|status| *status != Status::Done);
        open.map(|status| standing(shown, &[by], |by| with_status(status, by))).sum()
    };
    let mut groups = Vec::new();
    match by {
        Grouping::Status => {
            for status in STATUSES {
                let tasks = standing(shown, &[By::All], |by| with_status(status, by));
                groups.push(TaskGroup { group: to_value(&status)?, tasks });
            }
            return Ok(groups);
        }
        Grouping::Priority => {
            use Priority::{High, Low, Lowest, Medium, Urgent};
            for priority in [Urgent, High, Medium, Low, Lowest] {
                let tasks = standing(shown, &[By::All], |by| with_priority(priority, by));
                groups.push(TaskGroup { group: to_value(&priority)?, tasks });
            }
            return Ok(groups);
        }
        Grouping::Assignee => {
            for person in kept_for::<UserId>(&shown.now, "person") {
                groups.push(TaskGroup { group: to_value(&person)?, tasks: open(By::Person(&person)) });
            }
            groups.push(TaskGroup { group: Value::Null, tasks: open(By::Nobody) });
        }
        Grouping::Label => {
            for label in kept_for::<LabelId>(&shown.now, "label") {
                groups.push(TaskGroup { group: to_value(&label)?, tasks: open(By::Label(&label)) });
            }
        }
    }
    groups.retain(|group| group.tasks > 0);
    groups.sort_by_key(|group| (group.group.is_null(), std::cmp::Reverse(group.tasks), group.group.to_string()));
    Ok(groups)
}
