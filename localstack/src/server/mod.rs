//! The server: every endpoint, consumer, job and socket route in one process, over the stand-ins.

mod clock;
mod gateway;
mod local;
mod pollers;
mod provision;
mod schedule;
mod sockets;

pub use clock::MovableClock;

use crate::aws::{StandInError, StandIns};
use axum::{Router, ServiceExt, extract::Request, serve::ListenerExt};
use millrace_domain::time::clock::Clock;
use millrace_endpoint::{Declared, Platform, lambda};
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
};
use tokio::{net::TcpListener, task::JoinSet};

/// How the server is started.
pub struct Options {
    /// Every function.
    pub functions: Vec<Declared>,
    /// The address to listen at.
    pub address: IpAddr,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// The folder that keeps everything over a restart; none for memory.
    pub data: Option<PathBuf>,
    /// The folder of the built web client; none where there is none to serve. The page of components is built beside it,
    /// into `dist-components`.
    pub web: Option<PathBuf>,
}

impl Options {
    /// At a free port for this machine alone, in memory, without the web client.
    pub fn in_memory(functions: Vec<Declared>) -> Self {
        Self { functions, address: Ipv4Addr::LOCALHOST.into(), port: 0, data: None, web: None }
    }
}

/// Why the server could not start.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The port is taken, or may not be used.
    #[error("port {port}: {source}")]
    Port {
        /// The port.
        port: u16,
        /// What the system said.
        source: std::io::Error,
    },
    /// A stand-in could not be opened.
    #[error(transparent)]
    StandIn(#[from] StandInError),
    /// The table, a queue or a key could not be made.
    #[error("{0}")]
    Provision(String),
}

/// A server that runs. It stops when this is dropped.
pub struct Server {
    address: SocketAddr,
    system: Arc<System>,
    router: Router,
    _tasks: JoinSet<()>,
}

/// What the parts of the server share.
pub(crate) struct System {
    pub(crate) functions: Vec<Declared>,
    pub(crate) platform: Arc<Platform>,
    pub(crate) stand_ins: StandIns,
    pub(crate) clock: MovableClock,
    pub(crate) stream: pollers::StreamProgress,
}

impl Server {
    /// Opens the stand-ins, makes what is missing, and serves.
    ///
    /// # Errors
    /// Where the port or the data folder cannot be used.
    pub async fn start(options: Options) -> Result<Self, ServerError> {
        let Options { functions, address, port, data, web } = options;
        let at = |source| ServerError::Port { port, source };
        let listener = TcpListener::bind((address, port)).await.map_err(at)?;
        let address = listener.local_addr().map_err(at)?;
        let clock = MovableClock::open(data.as_deref()).map_err(|error| ServerError::Provision(error.to_string()))?;
        let (stand_ins, platform) = provision::provision(address.port(), data, &clock).await?;
        let system =
            Arc::new(System { functions, platform, stand_ins, clock, stream: pollers::StreamProgress::default() });
        let mut tasks = JoinSet::new();
        pollers::start(&system, &mut tasks);
        schedule::start(&system, &mut tasks);
        let router = gateway::router(&system, web.as_deref());
        let served = router.clone();
        tasks.spawn(async move {
            let make = ServiceExt::<Request>::into_make_service_with_connect_info::<SocketAddr>(served);
            // Nagle's algorithm would hold back small answers for up to 40 ms.
            let listener = listener.tap_io(|stream| {
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%error, "TCP_NODELAY was refused");
                }
            });
            if let Err(error) = axum::serve(listener, make).await {
                tracing::error!(%error, "the server stopped");
            }
        });
        Ok(Self { address, system, router, _tasks: tasks })
    }

    /// The address that it serves at, such as `http://localhost:3000`.
    pub fn url(&self) -> String {
        format!("http://localhost:{}", self.address.port())
    }

    /// The same routes without a connection, for tests that count what a call costs.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// The same routes at another time, for data that has a past.
    ///
    /// # Errors
    /// Where the platform cannot be opened a second time.
    pub(crate) fn router_at(&self, clock: Clock) -> millrace_domain::Result<Router> {
        let settings = self.system.platform.settings.clone();
        let platform = Platform::new(settings, self.system.stand_ins.sdk_config(), clock)?;
        Ok(lambda::router(self.system.functions.iter().copied(), platform))
    }

    /// The stand-ins that it runs on.
    pub fn stand_ins(&self) -> &StandIns {
        &self.system.stand_ins
    }

    /// The platform that its functions run on.
    pub fn platform(&self) -> &Arc<Platform> {
        &self.system.platform
    }

    /// The clock that it runs by.
    pub fn clock(&self) -> &MovableClock {
        &self.system.clock
    }

    /// Waits until streams and queues are drained; false where that took longer than `patience`.
    pub async fn idle(&self, patience: std::time::Duration) -> bool {
        self.system.idle(patience).await
    }
}
