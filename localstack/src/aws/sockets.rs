//! The open WebSockets, and API Gateway's management API for them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::json;
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;

use super::Now;
use super::wire::{self, Answer, REST_JSON};

/// How many messages may wait for a socket before it counts as gone.
pub const BUFFER: usize = 256;

/// What API Gateway sends in one message at most, in bytes.
const MESSAGE_LIMIT: usize = 128 * 1024;

/// The open connections by id. Clones share them.
#[derive(Clone)]
pub struct Sockets {
    open: Arc<Mutex<HashMap<String, Socket>>>,
    now: Now,
}

struct Socket {
    outgoing: mpsc::Sender<Bytes>,
    connected: Timestamp,
    active: Timestamp,
}

/// A connection is not open, or was closed because it did not keep up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the connection is gone")]
pub struct Gone;

impl Sockets {
    pub(crate) fn new(now: Now) -> Self {
        Self { open: Arc::default(), now }
    }

    /// Takes up a connection, and gives what is posted to it. When the receiver ends, the server
    /// closes the socket: it was deleted, did not keep up, or another took its id.
    pub fn register(&self, connection_id: &str) -> mpsc::Receiver<Bytes> {
        let (outgoing, receiver) = mpsc::channel(BUFFER);
        let now = (self.now)();
        self.lock().insert(connection_id.into(), Socket { outgoing, connected: now, active: now });
        receiver
    }

    /// Posts to a connection without waiting: one that does not keep up is dropped instead.
    ///
    /// # Errors
    /// When the connection is gone, as it is from then on if its buffer is full.
    pub fn post(&self, connection_id: &str, message: Bytes) -> Result<(), Gone> {
        let mut open = self.lock();
        let socket = open.get_mut(connection_id).ok_or(Gone)?;
        match socket.outgoing.try_send(message) {
            Ok(()) => {
                socket.active = (self.now)();
                Ok(())
            }
            Err(TrySendError::Full(_) | TrySendError::Closed(_)) => {
                open.remove(connection_id);
                Err(Gone)
            }
        }
    }

    /// Notes that the connection sent something.
    pub fn heard(&self, connection_id: &str) {
        if let Some(socket) = self.lock().get_mut(connection_id) {
            socket.active = (self.now)();
        }
    }

    /// Closes a connection, or lets go of one that has closed; whether there was one.
    pub fn remove(&self, connection_id: &str) -> bool {
        self.lock().remove(connection_id).is_some()
    }

    /// How many connections are open.
    #[must_use]
    pub fn count(&self) -> usize {
        self.lock().len()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Socket>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn answer(&self, method: &str, path: &str, body: Bytes) -> Answer {
        let id = wire::percent_decoded(path.trim_start_matches("/@connections/"));
        let gone = || wire::rest_error(410, "GoneException", "the connection is gone");
        match method {
            "POST" if body.len() > MESSAGE_LIMIT => {
                wire::rest_error(413, "PayloadTooLargeException", "a message is 128 KB at most")
            }
            "POST" => self.post(&id, body).map_or_else(|_| gone(), |()| wire::answer(200, REST_JSON, "")),
            "DELETE" if self.remove(&id) => wire::answer(204, REST_JSON, ""),
            "GET" => match self.lock().get(&id) {
                Some(socket) => {
                    let body = json!({
                        "connectedAt": socket.connected.to_string(),
                        "lastActiveAt": socket.active.to_string(),
                        "identity": {"sourceIp": "127.0.0.1", "userAgent": ""},
                    });
                    wire::answer(200, REST_JSON, body.to_string())
                }
                None => gone(),
            },
            "DELETE" => gone(),
            _ => wire::rest_error(403, "ForbiddenException", "no such operation"),
        }
    }
}
