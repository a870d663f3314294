//! The one error type. Outside it is an RFC 9457 problem, inside it is a log line.

use crate::task::transfer::TaskKeys;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The result of everything that can be refused.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// One field of a request that was refused, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct FieldError {
    /// The field's path in the body, the query or the path, such as `columns[2].name`.
    pub field: String,
    /// What is wrong with it, as a sentence for the person who typed it.
    pub message: String,
}

/// A refused action, as the `error` frame of a socket tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Refusal {
    /// The `action` that was refused; `$default` where it is missing or unknown.
    pub action: String,
    /// The HTTP status that the same refusal has as a problem.
    pub status: u16,
    /// What is wrong, as a sentence.
    pub detail: String,
    /// The fields that are wrong; empty where it is not about fields.
    pub errors: Vec<FieldError>,
    /// The state that the client did not know of; null where there is none. On 423 it is the lock, with its task.
    pub current: Option<Value>,
}

/// Why a call was refused. Each variant is one HTTP status.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// 400: the request could not be read at all.
    #[error("{0}")]
    Malformed(String),
    /// 401: nobody, or nobody that we know, is asking.
    #[error("{0}")]
    Unauthorized(String),
    /// 403: the caller may not do this.
    #[error("{0}")]
    Forbidden(String),
    /// 404: it does not exist, or not for this caller.
    #[error("{0}")]
    NotFound(String),
    /// 405: the path exists, the method does not.
    #[error("{0}")]
    MethodNotAllowed(String),
    /// 409: it collides with what is there; `current` says what that is.
    #[error("{detail}")]
    Conflict {
        /// What collides, as a sentence.
        detail: String,
        /// The state that the caller did not know of.
        current: Option<Box<Value>>,
    },
    /// Somebody else wrote between this call's read and its write. The call is run again; only one that loses every
    /// time is answered, with 409.
    #[error("somebody else changed this at the same moment; try again")]
    Raced,
    /// 412: `If-Match` names a version that is no longer the current one.
    #[error("somebody else changed this in the meantime")]
    Stale {
        /// The resource as it is now.
        current: Box<Value>,
    },
    /// 413: the body is larger than the function takes.
    #[error("{0}")]
    TooLarge(String),
    /// 415: the body is of another type than the function takes.
    #[error("{0}")]
    UnsupportedType(String),
    /// 422: the request was read, and some of its fields are wrong.
    #[error("{}", .0.first().map_or("some fields are wrong", |error| error.message.as_str()))]
    Invalid(Vec<FieldError>),
    /// 423: somebody else holds the lock.
    #[error("{detail}")]
    Locked {
        /// Who holds it, as a sentence.
        detail: String,
        /// The lock as it is.
        current: Box<Value>,
    },
    /// 429: too many tries.
    #[error("{detail}")]
    TooMany {
        /// What there were too many of, as a sentence.
        detail: String,
        /// Seconds until the next try can succeed.
        retry_after: u64,
    },
    /// 503: the system is busy; the same call may succeed in a moment.
    #[error("the system is busy")]
    Busy(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// 500: our fault. Logged with its cause, never sent.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Not a failure: the task has another key by now, or its parts stand under another one. The call is begun anew with
    /// that.
    #[error("the task was moved")]
    Transferred(Box<TaskKeys>),
    /// Not a failure: the same `Idempotency-Key` was answered before, and this is that answer.
    #[error("answered before")]
    Replayed {
        /// The status of the first answer.
        status: u16,
        /// The body of the first answer.
        body: Box<Value>,
    },
}

impl Error {
    /// A field that is wrong, named.
    pub fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError { field: field.into(), message: message.into() }])
    }

    /// Something that is not there, or not for this caller: `not_found("task")`.
    pub fn not_found(what: &str) -> Self {
        Self::NotFound(format!("There is no such {what} here."))
    }

    /// A collision without anything to show.
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::Conflict { detail: detail.into(), current: None }
    }

    /// Our own fault, with its cause for the log.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// The HTTP status that this error is answered with.
    pub fn status(&self) -> u16 {
        match self {
            Self::Malformed(_) => 400,
            Self::Unauthorized(_) => 401,
            Self::Forbidden(_) => 403,
            Self::NotFound(_) => 404,
            Self::MethodNotAllowed(_) => 405,
            Self::Conflict { .. } | Self::Raced | Self::Transferred(_) => 409,
            Self::Stale { .. } => 412,
            Self::TooLarge(_) => 413,
            Self::UnsupportedType(_) => 415,
            Self::Invalid(_) => 422,
            Self::Locked { .. } => 423,
            Self::TooMany { .. } => 429,
            Self::Internal(_) => 500,
            Self::Busy(_) => 503,
            Self::Replayed { status, .. } => *status,
        }
    }
}
