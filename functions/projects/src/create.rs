//! projects-create

use crate::parts::feed::in_event;
use millrace_domain::{
    board::{template::BoardTemplate, workflow::Workflow},
    event::{EventData, payload::ProjectCreated},
    id::{BoardId, ProjectKey},
    resource::Project,
    text::{Name, Summary},
    workspace::role::ProjectRole,
};
use millrace_endpoint::{Call, Created, Endpoint, Json, Nothing, Result, Route, Table, WorkspaceRole, Write};
use millrace_store::{Transaction, board::BoardRecord, project::ProjectRecord};
use schemars::JsonSchema;
use serde::Deserialize;

/// The project to create.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewProject {
    /// The key that prefixes every task key. It stays reserved after the project is deleted.
    pub key: ProjectKey,
    /// The name.
    pub name: Name,
    /// What it is about.
    #[serde(default)]
    pub description: Option<Summary>,
    /// The columns of the first board. Defaults to `kanban`.
    #[serde(default)]
    pub template: Option<BoardTemplate>,
}

/// Creates a project with one board of the same name. The caller becomes its admin.
#[derive(Clone, JsonSchema)]
pub struct CreateProject;

impl Endpoint for CreateProject {
    const ROUTE: Route = Route::post("projects-create", "/api/projects").in_workspace(WorkspaceRole::Member);
    type Uses = (Table<Write>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Json<NewProject>;
    type Output = Created<Project>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (scope, sent) = (call.scope().await?, &call.body.0);
        let board = BoardRecord {
            id: BoardId::random(&sent.key),
            name: sent.name.clone(),
            workflow: Workflow::default(),
            created_at: call.now,
            updated_at: call.now,
        };
        let project = ProjectRecord {
            key: sent.key.clone(),
            name: sent.name.clone(),
            description: sent.description.clone().unwrap_or_default(),
            board_id: Some(board.id.clone()),
            close_parent: false,
            track_time: false,
            created_at: call.now,
            updated_at: call.now,
            deleted_at: None,
        };
        let mut maker = scope.member().value.clone();
        maker.projects.insert(sent.key.clone(), ProjectRole::Admin);
        // The update of the caller's membership is also the check that it is still what was read.
        let mut change = Transaction::outside_workspaces();
        change.update(scope.member(), &maker, None);
        change.open_project(&scope, &project);
        change.open_board_from(&scope, &board, sent.template.unwrap_or_default())?;
        let data = ProjectCreated { project: in_event(&project, 1), board: board.resource(1) };
        change.event(&call.event(&scope, EventData::ProjectCreated(data)).in_project(&sent.key));
        call.commit(change, Created(project.resource(1, ProjectRole::Admin))).await
    }
}
