//! Isolates failures, so that one entry that fails does not stop the others.

use millrace_domain::{Error, Result, id::WorkspaceId};
use millrace_store::{Scope, scope::Internal};
use std::collections::BTreeMap;

/// Due entries, grouped by workspace.
pub(crate) fn by_workspace<T>(items: Vec<(Scope<Internal>, T)>) -> Vec<(Scope<Internal>, Vec<T>)> {
    let mut workspaces: BTreeMap<WorkspaceId, (Scope<Internal>, Vec<T>)> = BTreeMap::new();
    for (scope, item) in items {
        workspaces.entry(scope.workspace().clone()).or_insert_with(|| (scope, Vec::new())).1.push(item);
    }
    workspaces.into_values().collect()
}

/// The failures of a run.
#[derive(Default)]
pub(crate) struct Failures(Option<Error>);

impl Failures {
    /// Records the outcome of an entry of `workspace`.
    pub(crate) fn note(&mut self, workspace: &WorkspaceId, done: Result<()>) {
        if let Err(error) = done {
            tracing::error!(%workspace, %error, cause = ?std::error::Error::source(&error), "something due was not done");
            self.0 = Some(error);
        }
    }

    /// The outcome of the run. If anything failed, it is retried and continues with what is left.
    pub(crate) fn end(self) -> Result<()> {
        self.0.map_or(Ok(()), Err)
    }
}
