//! Idempotency keys: the same key within 24 hours returns the first response again. The response is stored in the same
//! write as the change, so neither exists without the other.

use crate::core::{
    item::Entity,
    keys,
    table::{Mode, Table},
    transaction::{Beside, Transaction},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use millrace_domain::{Error, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// What a caller sent as `Idempotency-Key`, bound to who sent it, where to, and what with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    hash: String,
    request: String,
}

impl Key {
    /// The key `sent` by `caller` to the endpoint `name` with the request `body`.
    pub fn new(caller: &str, name: &str, path: &str, sent: &str, body: &[u8]) -> Self {
        Self { hash: digest(&[caller, name, sent]), request: digest(&[path, &String::from_utf8_lossy(body)]) }
    }

    pub(crate) fn item_key(&self) -> keys::Key {
        keys::idempotency(&self.hash)
    }
}

fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    URL_SAFE_NO_PAD.encode(hash.finalize())
}

/// The answer that a key was given.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Answered {
    request: String,
    status: u16,
    body: Value,
}

impl Entity for Answered {
    const WHAT: &'static str = "answer";
}

impl Answered {
    pub(crate) fn replay(self, key: &Key) -> Error {
        if self.request == key.request {
            Error::Replayed { status: self.status, body: Box::new(self.body) }
        } else {
            Error::field("Idempotency-Key", "was used for another request within the last 24 hours")
        }
    }
}

impl Transaction {
    /// Keeps the answer for 24 hours. Of two calls with one key at the same moment one gets through; the other runs
    /// again and finds the answer.
    ///
    /// # Errors
    /// [`Error::Internal`] where the answer cannot be written as JSON.
    pub fn keep_answer(&mut self, key: &Key, status: u16, answer: &impl Serialize, now: Timestamp) -> Result<()> {
        let answered = Answered {
            request: key.request.clone(),
            status,
            body: serde_json::to_value(answer).map_err(Error::internal)?,
        };
        self.put_new(&key.item_key(), &answered, Beside::until(now + SignedDuration::from_hours(24)), || Error::Raced);
        Ok(())
    }

    /// Forgets the answer to a key.
    pub fn forget_answer(&mut self, key: &Key) {
        self.remove(&key.item_key());
    }
}

impl<M: Mode> Table<M> {
    /// Finds the answer to a key.
    ///
    /// # Errors
    /// [`Error::Replayed`] where it was answered before.
    pub async fn replay(&self, key: &Key) -> Result<()> {
        match self.get::<Answered>(&key.item_key()).await? {
            Some(answered) => Err(answered.value.replay(key)),
            None => Ok(()),
        }
    }
}
