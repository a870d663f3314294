//! The error type. It is returned as an RFC 9457 problem and logged as one line.

use crate::task::transfer::TaskKeys;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The result of an operation that can be refused.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A refused field of a request, and the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct FieldError {
    /// The field's path in the body, query or path, such as `columns[2].name`.
    pub field: String,
    /// The reason, as a sentence for the person who entered it.
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

/// The reason for a refusal. Each variant corresponds to an HTTP status.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// 400: the request is malformed.
    #[error("{0}")]
    Malformed(String),
    /// 401: the caller is not authenticated.
    #[error("{0}")]
    Unauthorized(String),
    /// 403: the caller lacks the permission.
    #[error("{0}")]
    Forbidden(String),
    /// 404: it does not exist, or is not visible to the caller.
    #[error("{0}")]
    NotFound(String),
    /// 405: the path exists, the method does not.
    #[error("{0}")]
    MethodNotAllowed(String),
    /// 409: it conflicts with the current state; `current` describes it.
    #[error("{detail}")]
    Conflict {
        /// The conflict, as a sentence.
        detail: String,
        /// The current state.
        current: Option<Box<Value>>,
    },
    /// Another write happened between this call's read and its write. The call is retried; 409 is returned only if
    /// every attempt fails.
    #[error("somebody else changed this at the same moment; try again")]
    Raced,
    /// 412: `If-Match` names an outdated version.
    #[error("somebody else changed this in the meantime")]
    Stale {
        /// The current resource.
        current: Box<Value>,
    },
    /// 413: the body is too large.
    #[error("{0}")]
    TooLarge(String),
    /// 415: the body's content type is not accepted.
    #[error("{0}")]
    UnsupportedType(String),
    /// 422: the request is well-formed, but some fields are invalid.
    #[error("{}", .0.first().map_or("some fields are wrong", |error| error.message.as_str()))]
    Invalid(Vec<FieldError>),
    /// 423: the lock is held by another person.
    #[error("{detail}")]
    Locked {
        /// The holder, as a sentence.
        detail: String,
        /// The current lock.
        current: Box<Value>,
    },
    /// 429: too many attempts.
    #[error("{detail}")]
    TooMany {
        /// The exceeded limit, as a sentence.
        detail: String,
        /// Seconds until the next attempt can succeed.
        retry_after: u64,
    },
    /// 503: overloaded; the same call may succeed shortly.
    #[error("the system is busy")]
    Busy(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// 500: an internal error. Its cause is logged and never returned.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Not a failure: the task, or its parent, has another key now. The call is restarted with it.
    #[error("the task was moved")]
    Transferred(Box<TaskKeys>),
    /// Not a failure: the same `Idempotency-Key` was answered before, and this is the stored answer.
    #[error("answered before")]
    Replayed {
        /// The status of the first answer.
        status: u16,
        /// The body of the first answer.
        body: Box<Value>,
    },
}

impl Error {
    /// An invalid field.
    pub fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError { field: field.into(), message: message.into() }])
    }

    /// The same error, with each invalid field called as a request calls it. Other errors stay as they are.
    pub fn naming(self, name: impl Fn(&str) -> String) -> Self {
        match self {
            Self::Invalid(errors) => {
                let named = |error: FieldError| FieldError { field: name(&error.field), ..error };
                Self::Invalid(errors.into_iter().map(named).collect())
            }
            other => other,
        }
    }

    /// Something that does not exist or is not visible to the caller: `not_found("task")`.
    pub fn not_found(what: &str) -> Self {
        Self::NotFound(format!("There is no such {what} here."))
    }

    /// A conflict without a current state to return.
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::Conflict { detail: detail.into(), current: None }
    }

    /// An internal error, with its cause for the log.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// The HTTP status of this error.
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
