//! `GET /api/admin/metrics`

use jiff::Timestamp;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole};
use millrace_platform::queue_depth::{QueueDepth, QueueDepths};
use schemars::JsonSchema;
use serde::Serialize;

/// Shows how much goes on: open sockets, sessions and files of the workspace, and what waits in the deployment's queues,
/// which all of its workspaces share.
#[derive(Clone, JsonSchema)]
pub struct Metrics;

/// How much goes on.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WorkspaceMetrics {
    /// When it was counted.
    pub at: Timestamp,
    /// Sockets that people of the workspace have open.
    pub open_sockets: u64,
    /// Sign-ins to the workspace that go on.
    pub active_sessions: u64,
    /// What waits in each queue.
    pub queues: Vec<QueueDepth>,
    /// Messages that could not be done, in all queues.
    pub dead_letters: u64,
    /// What the workspace's files take.
    pub storage: Storage,
}

/// What files take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Storage {
    /// How many files there are.
    pub files: u64,
    /// How many bytes they have.
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
