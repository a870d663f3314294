//! What the parameters of a path tell the framework.

use millrace_domain::id::{ProjectKey, TaskKey, WorkspaceId};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

/// The parameters of a path.
pub trait PathParameters: DeserializeOwned + JsonSchema + Clone + Send + Sync + 'static {
    /// The project that the path is about; its role is what an endpoint of a project needs.
    fn project(&self) -> Option<ProjectKey> {
        None
    }
    /// The task that the path is about.
    fn task(&self) -> Option<&TaskKey> {
        None
    }
    /// Names that task by another key.
    fn lead_to(&mut self, _task: &TaskKey) {}
    /// The workspace that the path names, which must be the token's.
    fn workspace(&self) -> Option<&WorkspaceId> {
        None
    }
}

impl PathParameters for crate::Nothing {}
