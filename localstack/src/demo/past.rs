//! API calls at earlier times, for demo data with history.

use super::{Api, DemoError, PASSWORD, PEOPLE, good, text};
use crate::server::Server;
use axum::{
    body::Body,
    http::{Method, Request, header},
};
use http_body_util::BodyExt;
use jiff::{SignedDuration, Timestamp};
use millrace_domain::time::clock::Clock;
use serde_json::{Value, json};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use tower::ServiceExt;

/// The API at another time.
pub(super) struct Past {
    now: Timestamp,
    milliseconds: Arc<AtomicI64>,
    /// As the first person calls it.
    pub(super) api: Api,
    refresh: String,
}

impl Past {
    /// Signs in at the time when the story begins.
    pub(super) async fn begin(server: &Server) -> Result<Self, DemoError> {
        let now = server.clock().now();
        let milliseconds = Arc::new(AtomicI64::new((now - SignedDuration::from_hours(28 * 24)).as_millisecond()));
        let own = milliseconds.clone();
        let clock = Clock::new(move || Timestamp::from_millisecond(own.load(Ordering::SeqCst)).unwrap_or(now));
        let router = server.router_at(clock).map_err(|error| DemoError(error.to_string()))?;
        let mut past = Self { now, milliseconds, api: Api { router, token: String::new() }, refresh: String::new() };
        past.sign_in("/api/auth/login", json!({"email": PEOPLE[0].1, "password": PASSWORD})).await?;
        Ok(past)
    }

    /// Goes on to the moment so many days before today, with a token of that time.
    pub(super) async fn turn_to(&mut self, days_before: f64) -> Result<(), DemoError> {
        let at = self.now - SignedDuration::from_secs_f64(days_before * 86_400.0);
        self.milliseconds.store(at.as_millisecond(), Ordering::SeqCst);
        self.sign_in("/api/auth/refresh", json!({})).await
    }

    pub(super) async fn call(&self, method: Method, path: &str, body: Value) -> Result<Value, DemoError> {
        good(path, self.api.send(method, path, Some(body)).await?)
    }

    /// Signs out.
    pub(super) async fn end(self) -> Result<(), DemoError> {
        good("/api/auth/logout", self.api.send(Method::POST, "/api/auth/logout", None).await?).map(drop)
    }

    /// Takes the token and the cookie of an answer.
    async fn sign_in(&mut self, path: &str, body: Value) -> Result<(), DemoError> {
        let failed = |error: &dyn std::fmt::Display| DemoError(format!("{path}: {error}"));
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::HOST, "localhost")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::COOKIE, &self.refresh)
            .body(Body::from(body.to_string()))
            .map_err(|error| failed(&error))?;
        let response = self.api.router.clone().oneshot(request).await.map_err(|never| match never {})?;
        let cookie = response.headers().get(header::SET_COOKIE).and_then(|value| value.to_str().ok()).unwrap_or("");
        self.refresh = cookie.split(';').next().unwrap_or_default().to_owned();
        let status = response.status();
        let bytes = response.into_body().collect().await.map_err(|error| failed(&error))?.to_bytes();
        let answer = good(path, (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null)))?;
        self.api.token = text(&answer["access_token"]);
        Ok(())
    }
}
