use jiff::Timestamp;
use millrace_domain::{
    id::{InviteId, ProjectKey, UserId, WorkspaceId},
    text::Email,
    workspace::role::{ProjectRole, WorkspaceRole},
};
use millrace_store::workspace::Invite;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An invited person's role in a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectGrant {
    /// The project.
    pub project: ProjectKey,
    /// The role.
    pub role: ProjectRole,
}

/// A pending invitation. Only the mail contains its token.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OpenInvite {
    /// The id.
    pub id: InviteId,
    /// The invited address.
    pub email: Email,
    /// The role in the workspace.
    pub role: WorkspaceRole,
    /// The roles in projects.
    pub projects: Vec<ProjectGrant>,
    /// The person who sent the invitation.
    pub invited_by: UserId,
    /// The time.
    pub created_at: Timestamp,
    /// When it expires.
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

/// The token at the end of an invitation's link: `<workspace>.<invite>.<secret>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InviteToken {
    pub(crate) workspace: WorkspaceId,
    pub(crate) invite: InviteId,
    pub(crate) secret: String,
}

impl InviteToken {
    /// Parses a token; none if it is malformed.
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
