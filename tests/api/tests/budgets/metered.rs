//! Calls whose cost is counted.

use axum::{
    body::Body,
    http::{Request, header},
};
use http_body_util::BodyExt;
use millrace_api_tests::Stack;
use millrace_localstack::aws::meter::{Cost, Meter};
use serde_json::Value;
use tower::ServiceExt;

/// What one call cost, and whether it reads alone.
pub struct Measured {
    /// The cost.
    pub cost: Cost,
    /// Whether it is a read.
    pub reads: bool,
}

/// An answer: its status, its refresh cookie and its body.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The value of the refresh cookie.
    pub cookie: String,
    /// The body.
    pub body: Value,
}

/// Calls the API in this task, so that the meter sees it.
pub async fn call(
    stack: &Stack,
    method: &str,
    path: &str,
    token: &str,
    cookie: &str,
    body: Option<&Value>,
) -> (Answer, Cost) {
    let mut request = Request::builder().method(method).uri(path).header(header::HOST, "localhost");
    if !token.is_empty() {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    if !cookie.is_empty() {
        request = request.header(header::COOKIE, format!("millrace_refresh={cookie}"));
    }
    let body = match body {
        Some(body) => {
            request = request.header(header::CONTENT_TYPE, "application/json");
            Body::from(body.to_string())
        }
        None => Body::empty(),
    };
    let meter = Meter::new();
    let response = meter
        .scope(Box::pin(stack.server.router().oneshot(request.body(body).expect("a request"))))
        .await
        .expect("answers");
    let status = response.status().as_u16();
    let cookie = response.headers().get(header::SET_COOKIE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let cookie =
        cookie.split(';').next().and_then(|pair| pair.split_once('=')).map_or("", |(_, value)| value).to_owned();
    let bytes = response.into_body().collect().await.expect("a body").to_bytes();
    let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    (Answer { status, cookie, body }, meter.report())
}

/// Calls a function that is no route with an event as AWS sends it.
pub async fn invoke(stack: &Stack, name: &str, event: Value) -> Cost {
    let functions = millrace_infra::functions(millrace_infra::AREAS);
    let declared = functions.iter().find(|declared| declared.name == name).expect("a function");
    let meter = Meter::new();
    let invoke = declared.invoke.expect("no route");
    let answer = meter.scope(Box::pin(invoke(stack.server.platform().clone(), event))).await.expect("does it");
    let failures = answer["batchItemFailures"].as_array().map_or(0, Vec::len);
    assert_eq!(failures, 0, "{name}: {answer}");
    if let Some(status) = answer["statusCode"].as_u64() {
        assert_eq!(status, 200, "{name}: {answer}");
    }
    meter.report()
}
