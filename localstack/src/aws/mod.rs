//! Stand-ins for the AWS services that the deployed stack uses, limited to what it uses.
//!
//! [`StandIns`] is opened once. It returns configurations for the unmodified AWS SDK whose calls are answered in this
//! process without a socket, and serves the same over HTTP for Lambda binaries that run as processes of their own.

mod blobs;
mod connector;
pub mod mail;
pub mod meter;
pub mod queue;
mod records;
mod router;
mod service;
pub mod sockets;
pub mod table;
mod wire;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use aws_config::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::http::SharedHttpClient;

use blobs::Blobs;
pub use blobs::Notification;
use connector::InProcess;
use mail::Mailbox;
use queue::Queues;
use records::Records;
use sockets::Sockets;
use table::Table;

/// The key and the secret that every client of the stand-ins signs with.
pub const CREDENTIALS: (&str, &str) = ("millrace", "millrace-on-one-machine");

/// The account number in ARNs and queue addresses.
pub const ACCOUNT: &str = "000000000000";

/// What tells the time: visibility, delays, expiry and mail dates follow it, so a test moves it
/// instead of waiting.
pub type Now = Arc<dyn Fn() -> jiff::Timestamp + Send + Sync>;

/// How stand-ins are opened.
#[derive(Clone)]
pub struct Settings {
    /// The folder that keeps everything over a restart; made when absent. Without one, all is in
    /// memory, and blobs are in a temporary folder that goes when the stand-ins go.
    pub data: Option<PathBuf>,
    /// The AWS region that clients and ARNs name.
    pub region: String,
    /// Where [`StandIns::router`] is served, such as `http://127.0.0.1:4600`: the endpoint of the
    /// in-process clients too, so that a presigned URL made in process works over HTTP. With an IP
    /// address as the host, the S3 client puts the bucket into the path without being told.
    pub origin: String,
    /// The buckets that exist.
    pub buckets: Vec<String>,
    /// Which new objects are told to which queues.
    pub notifications: Vec<Notification>,
    /// What tells the time.
    pub now: Now,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            data: None,
            region: "us-east-1".into(),
            origin: "http://127.0.0.1:4600".into(),
            buckets: Vec::new(),
            notifications: Vec::new(),
            now: Arc::new(jiff::Timestamp::now),
        }
    }
}

/// Why stand-ins could not be opened, or a question about them not answered.
#[derive(Debug, thiserror::Error)]
pub enum StandInError {
    /// The data folder cannot be made, read or locked.
    #[error("the data folder {path}: {source}")]
    Folder {
        /// The folder or file at fault.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Another process has the data folder open.
    #[error("the data folder {0} is in use by another process")]
    InUse(PathBuf),
    /// The DynamoDB stand-in failed.
    #[error("the table: {0}")]
    Table(#[from] dynoxide::DynoxideError),
    /// SQLite failed.
    #[error("the local records: {0}")]
    Records(#[from] rusqlite::Error),
    /// The S3 stand-in could not be set up.
    #[error("the buckets: {0}")]
    Blobs(String),
    /// There is no queue of this name.
    #[error("there is no queue {0}")]
    NoQueue(String),
}

struct Inner {
    region: String,
    origin: String,
    table: Table,
    queues: Queues,
    mail: Mailbox,
    blobs: Blobs,
    sockets: Sockets,
    // The lock goes last, when everything that writes below the folder is closed.
    _lock: Option<std::fs::File>,
}

/// The stand-ins, open. Clones share them.
#[derive(Clone)]
pub struct StandIns(Arc<Inner>);

impl std::fmt::Debug for StandIns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StandIns").field("origin", &self.0.origin).finish_non_exhaustive()
    }
}

impl StandIns {
    /// Opens the stand-ins.
    ///
    /// # Errors
    /// When the data folder cannot be used, or another process uses it.
    pub fn open(settings: Settings) -> Result<Self, StandInError> {
        let lock = settings.data.as_deref().map(lock_folder).transpose()?;
        let data = settings.data.as_deref();
        let records = Arc::new(Records::open(data.map(|d| d.join("records.sqlite")).as_deref())?);
        let table_file = data.map(|d| d.join("table.sqlite"));
        let table = Table::open(table_file.as_deref(), &settings.region, settings.now.clone(), records.clone())?;
        let queues = Queues::new(records.clone(), &settings.origin, &settings.region, settings.now.clone());
        let mail = Mailbox::new(records, settings.now.clone());
        let folder = data.map(|d| d.join("buckets"));
        let blobs = Blobs::open(folder, &settings.buckets, settings.notifications, queues.clone())?;
        let sockets = Sockets::new(settings.now);
        let (region, origin) = (settings.region, settings.origin);
        Ok(Self(Arc::new(Inner { region, origin, table, queues, mail, blobs, sockets, _lock: lock })))
    }

    /// Opens stand-ins that keep everything in memory, on the system's clock and with one bucket.
    ///
    /// # Errors
    /// When no temporary folder can be made for the bucket.
    pub fn in_memory(bucket: &str) -> Result<Self, StandInError> {
        Self::open(Settings { buckets: vec![bucket.into()], ..Settings::default() })
    }

    /// The configuration from which every client of the AWS SDK is built: its calls are answered
    /// in this process. Retries are the SDK's own.
    #[must_use]
    pub fn sdk_config(&self) -> SdkConfig {
        let credentials = Credentials::new(CREDENTIALS.0, CREDENTIALS.1, None, None, "millrace");
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(self.0.region.clone()))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .endpoint_url(&self.0.origin)
            .http_client(SharedHttpClient::new(InProcess::new(self.clone())))
            // There is no line that could be slow.
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .build()
    }

    /// The environment with which a Lambda binary in a process of its own reaches the router.
    #[must_use]
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("AWS_ENDPOINT_URL", self.0.origin.clone()),
            ("AWS_REGION", self.0.region.clone()),
            ("AWS_ACCESS_KEY_ID", CREDENTIALS.0.into()),
            ("AWS_SECRET_ACCESS_KEY", CREDENTIALS.1.into()),
        ]
    }

    /// The same stand-ins over HTTP, as the fallback of a router that has no other route.
    pub fn router(&self) -> axum::Router {
        router::router(self.clone())
    }

    /// Whether a request is for one of the stand-ins, for a server that shares its port with them.
    #[must_use]
    pub fn claims(&self, request: &http::request::Parts) -> bool {
        router::claims(self, request)
    }

    /// Answers a request that [`StandIns::claims`], or whatever a client of AWS sends.
    pub async fn answer(&self, request: http::Request<axum::body::Body>) -> http::Response<axum::body::Body> {
        router::answer(self, request).await
    }

    /// The DynamoDB stand-in: streams, expiry.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.0.table
    }

    /// The SQS stand-in: depths, redrive.
    #[must_use]
    pub fn queues(&self) -> &Queues {
        &self.0.queues
    }

    /// The SES stand-in: what was sent.
    #[must_use]
    pub fn mailbox(&self) -> &Mailbox {
        &self.0.mail
    }

    /// The open WebSocket connections.
    #[must_use]
    pub fn sockets(&self) -> &Sockets {
        &self.0.sockets
    }

    /// The folder below which each bucket is a folder.
    #[must_use]
    pub fn buckets_folder(&self) -> &Path {
        self.0.blobs.folder()
    }

    /// Lets what waits for a moment look at the clock again, after the clock was moved.
    pub fn clock_moved(&self) {
        self.0.queues.changed();
    }
}

fn lock_folder(folder: &Path) -> Result<std::fs::File, StandInError> {
    let at = |path: &Path| {
        let path = path.to_path_buf();
        move |source| StandInError::Folder { path, source }
    };
    std::fs::create_dir_all(folder).map_err(at(folder))?;
    let path = folder.join("lock");
    let file = std::fs::File::create(&path).map_err(at(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(StandInError::InUse(folder.into())),
        Err(std::fs::TryLockError::Error(source)) => Err(StandInError::Folder { path, source }),
    }
}
