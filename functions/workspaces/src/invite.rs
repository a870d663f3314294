//! `POST /api/workspaces/{workspace_id}/invites`

use crate::parts::invitation::{InviteToken, OpenInvite, ProjectGrant};
use jiff::SignedDuration;
use millrace_domain::{
    FieldError,
    id::{InviteId, ProjectKey},
    text::Email,
    workspace::role::ProjectRole,
};
use millrace_endpoint::{
    Call, Created, Endpoint, Error, Json, Nothing, Result, Route, Table, WorkspaceRole, Write, capability::Sender,
    sealed_token,
};
use millrace_mail::{Mail, MailRequest};
use millrace_platform::path::WorkspacePath;
use millrace_store::{Stored, Transaction, keys, project::ProjectRecord, workspace::Invite};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The lifetime of an invitation.
const LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Accepting an invitation writes one event per project in a single transaction, which holds 100 items.
const MOST_PROJECTS: usize = 50;

/// Sends an invitation to the workspace by mail. The link is valid once, for seven days. Only owners can invite owners.
#[derive(Clone, JsonSchema)]
pub struct InvitePerson;

/// The person to invite, and their roles.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitePersonBody {
    /// The address, whose owner alone can accept.
    pub email: Email,
    /// The role in the workspace.
    pub role: WorkspaceRole,
    /// The roles in projects, at most 50.
    #[serde(default)]
    pub projects: Vec<ProjectGrant>,
}

impl Endpoint for InvitePerson {
    const ROUTE: Route =
        Route::post("workspaces-invite", "/api/workspaces/{workspace_id}/invites").in_workspace(WorkspaceRole::Admin);
    type Uses = (Table<Write>, Sender<MailRequest>);
    type Path = WorkspacePath;
    type Query = Nothing;
    type Body = Json<InvitePersonBody>;
    type Output = Created<OpenInvite>;

    async fn handle(call: Call<Self>) -> Result<Created<OpenInvite>> {
        let table: &Table<Write> = call.table();
        let Json(body) = &call.body;
        let (scope, (workspace, projects, whose)) = call
            .authorize(|scope| async move {
                let projects =
                    async { if body.projects.is_empty() { Ok(Vec::new()) } else { table.projects(&scope).await } };
                futures::try_join!(table.workspace(&scope), projects, table.owner_of(&body.email))
            })
            .await?;
        if body.role == WorkspaceRole::Owner && scope.role() < WorkspaceRole::Owner {
            return Err(Error::Forbidden("Only an owner may make or unmake owners.".to_owned()));
        }
        let projects = grants(&body.projects, &projects)?;
        let secret = sealed_token::new_secret();
        let invite = Invite {
            id: InviteId::random(),
            email: body.email.clone(),
            role: body.role,
            projects,
            secret_hash: sealed_token::hash(&secret),
            invited_by: scope.person().clone(),
            created_at: call.now,
            expires_at: call.now + LIFETIME,
        };
        let token = InviteToken { workspace: scope.workspace().clone(), invite: invite.id.clone(), secret };
        let mail = Mail::Invite {
            to: invite.email.clone(),
            workspace: workspace.value.name,
            invited_by: scope.member().value.name.clone(),
            token: token.to_string(),
        };
        let mut change = Transaction::by(&scope);
        change.invite(&scope, &invite, &whose)?;
        let answer = call.commit(change, Created(OpenInvite::from(invite))).await?;
        if let Err(error) = call.uses::<Sender<MailRequest>, _>().send(&mail.into()).await {
            // Nobody has the token: the caller's next try makes another one, and must not be told that this one went.
            let mut undo = Transaction::outside_workspaces();
            undo.remove(&keys::invite(&token.workspace, &token.invite));
            call.take_back_answer(&mut undo);
            table.commit(undo).await?;
            return Err(error);
        }
        Ok(answer)
    }
}

/// The roles in projects. Each project must exist and be named once.
fn grants(wanted: &[ProjectGrant], existing: &[Stored<ProjectRecord>]) -> Result<BTreeMap<ProjectKey, ProjectRole>> {
    if wanted.len() > MOST_PROJECTS {
        return Err(Error::field("projects", format!("takes at most {MOST_PROJECTS} projects")));
    }
    let mut grants = BTreeMap::new();
    let mut errors = Vec::new();
    for (place, grant) in wanted.iter().enumerate() {
        let message = if !existing.iter().any(|project| project.value.key == grant.project) {
            "is not a project of this workspace"
        } else if grants.insert(grant.project.clone(), grant.role).is_some() {
            "is named twice"
        } else {
            continue;
        };
        errors.push(FieldError { field: format!("projects[{place}].project"), message: message.to_owned() });
    }
    if errors.is_empty() { Ok(grants) } else { Err(Error::Invalid(errors)) }
}
