//! `GET /api/admin/metrics`

use jiff::Timestamp;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole};
use millrace_platform::queue_depth::{QueueDepth, QueueDepths};
use schemars::JsonSchema;
use serde::Serialize;

/// Returns usage figures: open sockets, sessions and files of the workspace, and the depth of the deployment's queues,
/// which all workspaces share.
#[derive(Clone, JsonSchema)]
pub struct Metrics;

/// Usage figures.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WorkspaceMetrics {
    /// When they were counted.
    pub at: Timestamp,
    /// Open WebSockets of the workspace's people.
    pub open_sockets: u64,
    /// Active sessions in the workspace.
    pub active_sessions: u64,
    /// The depth of each queue.
    pub queues: Vec<QueueDepth>,
    /// Dead letters of all queues together.
    pub dead_letters: u64,
    /// The storage used by the workspace's files.
    pub storage: Storage,
}

/// Storage used by files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Storage {
    /// The number of files.
    pub files: u64,
    /// Their total size in bytes.
    pub bytes: u64,
}

impl Endpoint for Metrics {
    const ROUTE: Route = Route::get("workspaces-metrics", "/api/admin/metrics").in_workspace(WorkspaceRole::Admin);
    type Uses = (Table<Read>, QueueDepths);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<WorkspaceMetrics>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, depths, now): (&Table<Read>, &QueueDepths, _) = (call.table(), call.uses(), call.now);
        let (_, (queues, open_sockets, active_sessions, storage)) = call
            .authorize(|scope| async move {
                futures::try_join!(
                    depths.read(),
                    table.open_sockets(&scope),
                    table.active_sessions(&scope, now),
                    table.storage(&scope),
                )
            })
            .await?;
        Ok(Json(WorkspaceMetrics {
            at: now,
            open_sockets,
            active_sessions,
            dead_letters: queues.iter().map(|queue| queue.dead_letters).sum(),
            queues,
            storage: Storage { files: storage.files, bytes: storage.bytes },
        }))
    }
}
