//! Who a scope is made for: a person's membership of a workspace.

use crate::core::item::Entity;
use jiff::Timestamp;
use millrace_domain::{
    id::{ProjectKey, UserId},
    text::{Email, Name},
    workspace::role::{ProjectRole, WorkspaceRole},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A person in a workspace: the name that the others see there, and all roles, so that one read settles them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// The person.
    pub user: UserId,
    /// The name to show in this workspace.
    pub name: Name,
    /// The address.
    pub email: Email,
    /// The person's role in the workspace.
    pub role: WorkspaceRole,
    /// What the person is in the projects that list them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub projects: BTreeMap<ProjectKey, ProjectRole>,
    /// The id of the person's picture; none for initials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// When they joined.
    pub joined_at: Timestamp,
}

impl Entity for Member {
    const WHAT: &'static str = "member";
}

impl Member {
    /// What the person is in `project`; none where it is not to be seen.
    pub fn role_in(&self, project: &ProjectKey) -> Option<ProjectRole> {
        ProjectRole::effective(self.role, self.projects.get(project).copied())
    }
}
