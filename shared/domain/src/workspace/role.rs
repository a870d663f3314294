//! Permissions: the roles of a workspace and of a project, and how the former imply the latter.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A role in a workspace. Each role includes the permissions of the previous ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WorkspaceRole {
    /// Sees only the projects they are a member of.
    Guest,
    /// Sees every project, and works in those they are a member of.
    Member,
    /// Acts as admin in every project, and invites and removes people.
    Admin,
    /// Can also delete the workspace and appoint owners.
    Owner,
}

/// A role in a project. Developers and testers have the same permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProjectRole {
    /// Can read.
    Viewer,
    /// Can edit tasks.
    Tester,
    /// Can edit tasks.
    Developer,
    /// Can also manage boards, labels and sprints.
    Manager,
    /// Can also manage members and project settings.
    Admin,
}

impl ProjectRole {
    fn level(self) -> u8 {
        match self {
            Self::Viewer => 0,
            Self::Tester | Self::Developer => 1,
            Self::Manager => 2,
            Self::Admin => 3,
        }
    }

    /// Whether this role includes the permissions of `needed`.
    pub fn covers(self, needed: Self) -> bool {
        self.level() >= needed.level()
    }

    /// A person's effective role in a project: from their workspace role, from their project membership, or none.
    pub fn effective(workspace: WorkspaceRole, listed: Option<Self>) -> Option<Self> {
        match workspace {
            WorkspaceRole::Owner | WorkspaceRole::Admin => Some(Self::Admin),
            WorkspaceRole::Member => Some(listed.unwrap_or(Self::Viewer)),
            WorkspaceRole::Guest => listed,
        }
    }
}

impl std::fmt::Display for WorkspaceRole {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Guest => "guest",
            Self::Member => "member",
            Self::Admin => "admin",
            Self::Owner => "owner",
        })
    }
}

impl std::fmt::Display for ProjectRole {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Viewer => "viewer",
            Self::Tester => "tester",
            Self::Developer => "developer",
            Self::Manager => "manager",
            Self::Admin => "admin",
        })
    }
}

/// The minimum permission of a caller, as declared by an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Anybody, signed in or not; also if a mailed token or a cookie identifies the person.
    Public,
    /// Any signed-in person, with or without a workspace.
    User,
    /// At least this role in the token's workspace.
    Workspace(WorkspaceRole),
    /// At least this role in the project named by the path.
    Project(ProjectRole),
}

impl std::fmt::Display for Need {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Public => formatter.write_str("anybody"),
            Self::User => formatter.write_str("anybody who is signed in"),
            Self::Workspace(role) => write!(formatter, "workspace {role}"),
            Self::Project(role) => write!(formatter, "project {role}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guests_see_only_their_projects() {
        assert_eq!(ProjectRole::effective(WorkspaceRole::Guest, None), None);
        assert_eq!(ProjectRole::effective(WorkspaceRole::Guest, Some(ProjectRole::Tester)), Some(ProjectRole::Tester));
    }

    #[test]
    fn workspace_admins_are_admins_of_every_project_and_members_can_read() {
        assert_eq!(ProjectRole::effective(WorkspaceRole::Admin, Some(ProjectRole::Viewer)), Some(ProjectRole::Admin));
        assert_eq!(ProjectRole::effective(WorkspaceRole::Member, None), Some(ProjectRole::Viewer));
    }

    #[test]
    fn testers_and_developers_have_equal_permissions() {
        assert!(
            ProjectRole::Tester.covers(ProjectRole::Developer) && ProjectRole::Developer.covers(ProjectRole::Tester)
        );
        assert!(
            !ProjectRole::Viewer.covers(ProjectRole::Tester) && ProjectRole::Manager.covers(ProjectRole::Developer)
        );
    }
}
