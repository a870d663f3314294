use jiff::Timestamp;
use millrace_domain::{
    id::{InviteId, ProjectKey, UserId, WorkspaceId},
    text::Email,
    workspace::role::{ProjectRole, WorkspaceRole},
};
use millrace_store::workspace::Invite;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an invited person will be in a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectGrant {
    /// The project.
    pub project: ProjectKey,
    /// The role in it.
    pub role: ProjectRole,
}

/// An invitation that nobody has accepted yet. The mail alone holds its token.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OpenInvite {
    /// Its id.
    pub id: InviteId,
    /// Who is invited.
    pub email: Email,
    /// What they will be in the workspace.
    pub role: WorkspaceRole,
    /// What they will be in projects.
    pub projects: Vec<ProjectGrant>,
    /// Who invites.
    pub invited_by: UserId,
    /// When.
    pub created_at: Timestamp,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
}

impl From<Invite> for OpenInvite {
    fn from(invite: Invite) -> Self {
        let grant = |(project, role)| ProjectGrant { project, role };
        Self {
            id: invite.id,
            email: invite.email,
            role: invite.role,
            projects: invite.projects.into_iter().map(grant).collect(),
            invited_by: invite.invited_by,
            created_at: invite.created_at,
            expires_at: invite.expires_at,
        }
    }
}

/// What a mailed invitation's link ends in: `<workspace>.<invite>.<secret>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InviteToken {
    pub(crate) workspace: WorkspaceId,
    pub(crate) invite: InviteId,
    pub(crate) secret: String,
}

impl InviteToken {
    /// Reads a token; none where it has another form.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let (workspace, invite, secret) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self { workspace: workspace.parse().ok()?, invite: invite.parse().ok()?, secret: secret.to_owned() })
    }
}

impl std::fmt::Display for InviteToken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}.{}.{}", self.workspace, self.invite, self.secret)
    }
}
