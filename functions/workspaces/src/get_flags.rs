//! `GET /api/flags`

use jiff::Timestamp;
use millrace_domain::{resource::Versioned, workspace::flag::Flags};
use millrace_endpoint::{Call, Endpoint, Nothing, Read, Result, Route, Table, Tagged, WorkspaceRole};
use millrace_store::{Stored, flag::FlagsRecord};
use schemars::JsonSchema;
use serde::Serialize;

/// Returns the workspace's feature flags.
///
/// The client hides `sprints`, `time_tracking` and `analytics` from its sidebar if the flag is false. If `live_cursors`
/// is false, pointers are not shared. A flag that is not set counts as true. Other names are free for the workspace's
/// own clients.
#[derive(Clone, JsonSchema)]
pub struct GetFlags;

/// The feature flags of a workspace.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WorkspaceFlags {
    /// The value of each flag, by name.
    pub flags: Flags,
    /// Incremented by each write; 0 before the first one.
    pub version: u64,
    /// When they were last changed; null before the first write.
    pub updated_at: Option<Timestamp>,
}

impl Versioned for WorkspaceFlags {
    fn version(&self) -> u64 {
        self.version
    }
}

impl WorkspaceFlags {
    pub(crate) fn of(stored: Option<&Stored<FlagsRecord>>) -> Self {
        match stored {
            Some(stored) => Self::new(&stored.value, stored.version),
            None => Self { flags: Flags::new(), version: 0, updated_at: None },
        }
    }

    pub(crate) fn new(record: &FlagsRecord, version: u64) -> Self {
        Self { flags: record.flags.clone(), version, updated_at: Some(record.updated_at) }
    }
}

impl Endpoint for GetFlags {
    const ROUTE: Route = Route::get("workspaces-get-flags", "/api/flags").in_workspace(WorkspaceRole::Member);
    type Uses = (Table<Read>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Tagged<WorkspaceFlags>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let table = call.table();
        let (_, stored) = call.authorize(|scope| async move { table.flags(&scope).await }).await?;
        Ok(Tagged(WorkspaceFlags::of(stored.as_ref())))
    }
}
