//! projects-update

use crate::parts::feed::{in_event, on_project};
use millrace_domain::{
    event::{Changes, payload::ProjectPart},
    patch::{Change, Patch},
    resource::Project,
    text::{Name, Summary},
};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Tagged, Write, call::to_value,
};
use millrace_platform::path::ProjectPath;
use millrace_store::Transaction;
use schemars::JsonSchema;
use serde::Deserialize;

/// The fields to change.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectChange {
    /// The name.
    #[serde(default)]
    pub name: Change<Name>,
    /// The description; null clears it.
    #[serde(default)]
    pub description: Patch<Summary>,
    /// Whether a task closes automatically once all of its subtasks are done.
    #[serde(default)]
    pub close_parent: Change<bool>,
    /// Whether an assignee's timer starts when a task enters a column in progress and stops when it leaves.
    #[serde(default)]
    pub track_time: Change<bool>,
}

/// Changes a project's name, description or settings.
#[derive(Clone, JsonSchema)]
pub struct UpdateProject;

impl Endpoint for UpdateProject {
    const ROUTE: Route = Route::patch("projects-update", "/api/projects/{project}").needs(ProjectRole::Admin);
    type Uses = (Table<Write>,);
    type Path = ProjectPath;
    type Query = Nothing;
    type Body = Json<ProjectChange>;
    type Output = Tagged<Project>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, key, sent) = (call.table(), &call.path.project, &call.body.0);
        let (scope, project) = call.authorize(|scope| async move { table.project(&scope, key).await }).await?;
        let role = scope.project_role();
        call.expect_version(project.version, || to_value(&project.value.resource(project.version, role)))?;
        let mut changed = project.value.clone();
        sent.name.clone().apply(&mut changed.name);
        match sent.description.clone() {
            Patch::Keep => {}
            Patch::Clear => changed.description = Summary::default(),
            Patch::Set(description) => changed.description = description,
        }
        sent.close_parent.clone().apply(&mut changed.close_parent);
        sent.track_time.clone().apply(&mut changed.track_time);
        if changed == project.value {
            return Ok(Tagged(changed.resource(project.version, role)));
        }
        changed.updated_at = call.now;
        let mut change = Transaction::by(&scope);
        let version = change.update(&project, &changed, None);
        let after = in_event(&changed, version);
        let changes = Changes::between(&in_event(&project.value, project.version), &after)?;
        change.event(&on_project(&call, &scope, key, changes, ProjectPart::Project(after)));
        call.commit(change, Tagged(changed.resource(version, role))).await
    }
}
