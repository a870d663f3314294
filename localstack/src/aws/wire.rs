use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use serde_json::json;

/// An answer that is whole, as every service but S3 gives it.
pub(crate) type Answer = Response<Bytes>;

pub(crate) const AWS_JSON: &str = "application/x-amz-json-1.0";
pub(crate) const REST_JSON: &str = "application/json";

/// An answer with a JSON body.
pub(crate) fn answer(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(body.into());
    *answer.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    if let Ok(id) = HeaderValue::from_str(&ulid::Ulid::generate().to_string()) {
        answer.headers_mut().insert("x-amzn-requestid", id);
    }
    answer
}

/// A refusal of a REST service, whose type is in a header.
pub(crate) fn rest_error(status: u16, kind: &str, message: &str) -> Answer {
    let mut answer = answer(status, REST_JSON, json!({"message": message}).to_string());
    if let Ok(kind) = HeaderValue::from_str(kind) {
        answer.headers_mut().insert("x-amzn-errortype", kind);
    }
    answer
}

/// What `%41`-style escapes in a path segment stand for.
pub(crate) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
