//! `POST /api/workspaces`

use crate::Workspace;
use millrace_domain::{
    event::EventData,
    id::WorkspaceId,
    text::{Name, Slug},
};
use millrace_endpoint::{Call, Created, Endpoint, Json, Nothing, Result, Route, Table, WorkspaceRole, Write};
use millrace_store::{
    Transaction,
    workspace::{Member, WorkspaceRecord},
};
use schemars::JsonSchema;
use serde::Deserialize;

/// Creates a workspace owned by the caller. Call auth-switch-workspace for a token to it.
#[derive(Clone, JsonSchema)]
pub struct CreateWorkspace;

/// The workspace to create.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWorkspace {
    /// The name.
    pub name: Name,
    /// The short name used in URLs. Unique across all workspaces.
    pub slug: Slug,
}

impl Endpoint for CreateWorkspace {
    const ROUTE: Route = Route::post("workspaces-create", "/api/workspaces").signed_in();
    type Uses = (Table<Write>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Json<NewWorkspace>;
    type Output = Created<Workspace>;

    async fn handle(call: Call<Self>) -> Result<Created<Workspace>> {
        let table: &Table<Write> = call.table();
        let ((), account) = futures::try_join!(call.replay(), table.account(call.person()?))?;
        let Json(NewWorkspace { name, slug }) = call.body.clone();
        WorkspaceRecord::check_slug(&slug, "slug")?;
        let record = WorkspaceRecord {
            id: WorkspaceId::random(),
            slug,
            name,
            logo_url: None,
            created_at: call.now,
            updated_at: call.now,
            deleted_at: None,
        };
        let owner = Member::of(&account.value, WorkspaceRole::Owner, call.now);
        let mut change = Transaction::outside_workspaces();
        change.found_workspace(&record, &owner);
        change.event(&owner.event(&record.id, call.now, EventData::UserCreated(owner.in_event())));
        call.commit(change, Created(Workspace::new(&record, 1, owner.role))).await
    }
}
