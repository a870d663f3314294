//! One thing that cannot be done does not keep the others from it.

use millrace_domain::{Error, Result, id::WorkspaceId};
use millrace_store::{Scope, scope::Internal};
use std::collections::BTreeMap;

/// What is due, by the workspace that it stands in.
pub(crate) fn by_workspace<T>(items: Vec<(Scope<Internal>, T)>) -> Vec<(Scope<Internal>, Vec<T>)> {
    let mut workspaces: BTreeMap<WorkspaceId, (Scope<Internal>, Vec<T>)> = BTreeMap::new();
    for (scope, item) in items {
        workspaces.entry(scope.workspace().clone()).or_insert_with(|| (scope, Vec::new())).1.push(item);
    }
    workspaces.into_values().collect()
}

/// What of a run failed.
#[derive(Default)]
pub(crate) struct Failures(Option<Error>);

impl Failures {
    /// Notes how something of `workspace` went.
    pub(crate) fn note(&mut self, workspace: &WorkspaceId, done: Result<()>) {
        if let Err(error) = done {
            tracing::error!(%workspace, %error, cause = ?std::error::Error::source(&error), "something due was not done");
            self.0 = Some(error);
        }
    }

    /// How the run went: it is tried again where anything failed, and goes on with what is left.
    pub(crate) fn end(self) -> Result<()> {
        self.0.map_or(Ok(()), Err)
    }
}
