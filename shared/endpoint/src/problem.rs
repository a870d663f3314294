//! Errors as RFC 9457 problem details.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use millrace_domain::{Error, FieldError};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// A problem (RFC 9457).
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Problem {
    /// What kind of problem: a reference that stays the same for all problems of the kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong this time, as a sentence.
    pub detail: String,
    /// The request that it happened to, for asking whoever runs this deployment.
    pub instance: String,
    /// The fields that are wrong, where it is about fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// The state that the caller did not know of, where there is one: on 409, 412 and 423.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<Value>,
}

impl Problem {
    /// The problem that `error` is to the caller of `request`.
    pub fn new(error: &Error, request: &str) -> Self {
        let status = error.status();
        let (name, title) = kind(status);
        let (errors, current) = match error {
            Error::Invalid(errors) => (errors.clone(), None),
            Error::Conflict { detail, current } => (colliding(detail, current.as_deref()), current.as_deref().cloned()),
            Error::Stale { current } | Error::Locked { current, .. } => (Vec::new(), Some((**current).clone())),
            _ => (Vec::new(), None),
        };
        let detail = match error {
            Error::Invalid(errors) => {
                errors.iter().map(|error| format!("{}: {}", error.field, error.message)).collect::<Vec<_>>().join("; ")
            }
            Error::Internal(_) => "Something went wrong on our side. It was noted.".to_owned(),
            other => other.to_string(),
        };
        Self {
            kind: format!("/problems/{name}"),
            title: title.to_owned(),
            status,
            detail,
            instance: format!("/requests/{request}"),
            errors,
            current,
        }
    }
}

/// The field that has to be unique and is not, where the collision is about one.
fn colliding(detail: &str, current: Option<&Value>) -> Vec<FieldError> {
    let field = current.and_then(|current| current.get("field")).and_then(Value::as_str);
    field.map(|field| FieldError { field: field.to_owned(), message: detail.to_owned() }).into_iter().collect()
}

fn kind(status: u16) -> (&'static str, &'static str) {
    match status {
        400 => ("malformed", "The request cannot be read"),
        401 => ("unauthorized", "Sign in first"),
        403 => ("forbidden", "You may not do this"),
        404 => ("not-found", "Not found"),
        405 => ("method-not-allowed", "This method is not taken here"),
        409 => ("conflict", "This collides with what is there"),
        412 => ("stale", "This is not the current version"),
        413 => ("too-large", "The body is too large"),
        415 => ("unsupported-type", "The body is of the wrong type"),
        422 => ("invalid", "Some fields are wrong"),
        423 => ("locked", "Somebody else is editing this"),
        429 => ("too-many", "Too many tries"),
        503 => ("busy", "The system is busy"),
        _ => ("internal", "Something went wrong"),
    }
}

/// The response to a call that was refused.
pub fn respond(error: &Error, request: &str) -> Response {
    if let Error::Replayed { status, body } = error
        && let Ok(response) = crate::answer::replayed(*status, body)
    {
        return response;
    }
    let problem = Problem::new(error, request);
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let mut response =
        (status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"))], body).into_response();
    let seconds = match error {
        Error::TooMany { retry_after, .. } => Some(*retry_after),
        Error::Busy(_) => Some(1),
        _ => None,
    };
    if let Some(seconds) = seconds {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
