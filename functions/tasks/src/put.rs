//! tasks-put

use crate::{
    edit::Edit,
    lookup::Found,
    references::{References, Sent},
};
use jiff::civil::Date;
use millrace_domain::{
    id::{LabelId, SprintId, TaskKey, UserId},
    resource::Task,
    task::{
        Priority,
        custom::{merged, replacing},
        each_once,
    },
    text::{Markdown, Title},
};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Tagged, Write};
use millrace_platform::path::TaskPath;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

/// All that people write into a task. What is left out is emptied.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskReplacement {
    /// What is to be done, in a line.
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
    /// When work on it is to start.
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
    fn references(&self) -> Sent<'_> {
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

/// Replaces all that people write into a task. Its place on the board, its reporter and its watchers stay.
#[derive(Clone, JsonSchema)]
pub struct PutTask;

impl Endpoint for PutTask {
    const ROUTE: Route = Route::put("tasks-put", "/api/tasks/{task}").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = TaskPath;
    type Query = Nothing;
    type Body = Json<TaskReplacement>;
    type Output = Tagged<Task>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, task, sent, now) = (call.table(), &call.path.task, &call.body.0, call.now);
        let (scope, (found, references)) = call
            .authorize(|scope| async move {
                let references = References::read(table, &scope, task.project(), sent.references());
                futures::try_join!(Found::read(table, &scope, task, now), references)
            })
            .await?;
        found.expect_writable(&call)?;
        found.whole.check_lock(scope.person(), None, now)?;
        let mut edit = Edit::of(&found, &references);
        edit.writes_text = true;
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
        let custom = replacing(&found.whole.custom_fields, &fields.custom, &sent.custom);
        fields.custom = merged(&fields.custom, &custom);
        fields.metadata = sent.metadata.clone();
        edit.save(&call, &scope, Sent { custom: Some(&custom), ..sent.references() }).await
    }
}
