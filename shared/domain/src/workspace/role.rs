//! Who may do what: the roles of a workspace and of a project, and how the first gives the second.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a person is in a workspace. Each role may do all that the ones before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WorkspaceRole {
    /// Sees only the projects that list them.
    Guest,
    /// Sees every project, and works in those that list them.
    Member,
    /// Acts as admin in every project, invites and removes people.
    Admin,
    /// May also delete the workspace, and make other owners.
    Owner,
}

/// What a person is in a project. Developers and testers may do the same things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProjectRole {
    /// Reads.
    Viewer,
    /// Writes tasks.
    Tester,
    /// Writes tasks.
    Developer,
    /// Also shapes boards, labels and sprints.
    Manager,
    /// Also settles who may come in, and the project itself.
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

    /// Whether this role may do what `needed` may.
    pub fn covers(self, needed: Self) -> bool {
        self.level() >= needed.level()
    }

    /// The role that a person has in a project: from the workspace, from the project's list of members, or none.
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

/// The least that a caller must be, as an endpoint declares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Anybody, signed in or not; also where a mailed token or a cookie says who it is.
    Public,
    /// Anybody who is signed in, in a workspace or not.
    User,
    /// At least this role in the token's workspace.
    Workspace(WorkspaceRole),
    /// At least this role in the project that the path names.
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
    fn a_guest_sees_only_what_lists_them() {
        assert_eq!(ProjectRole::effective(WorkspaceRole::Guest, None), None);
        assert_eq!(ProjectRole::effective(WorkspaceRole::Guest, Some(ProjectRole::Tester)), Some(ProjectRole::Tester));
    }

    #[test]
    fn a_workspace_admin_is_admin_everywhere_and_a_member_reads() {
        assert_eq!(ProjectRole::effective(WorkspaceRole::Admin, Some(ProjectRole::Viewer)), Some(ProjectRole::Admin));
        assert_eq!(ProjectRole::effective(WorkspaceRole::Member, None), Some(ProjectRole::Viewer));
    }

    #[test]
    fn testers_and_developers_may_do_the_same() {
        assert!(
            ProjectRole::Tester.covers(ProjectRole::Developer) && ProjectRole::Developer.covers(ProjectRole::Tester)
        );
        assert!(
            !ProjectRole::Viewer.covers(ProjectRole::Tester) && ProjectRole::Manager.covers(ProjectRole::Developer)
        );
    }
}
