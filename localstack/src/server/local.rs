//! Routes of the embedded server only: a mailbox, the clock, the queues, waiting for idle, and the page of the client's
//! components.

use super::System;
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, header},
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};
use jiff::SignedDuration;
use millrace_endpoint::{Error, problem};
use serde::Deserialize;
use serde_json::json;
use std::{fmt::Write, path::Path as FilePath, sync::Arc, time::Duration};
use tower_http::services::{ServeDir, ServeFile};

pub(crate) fn router(web: Option<&FilePath>) -> Router<Arc<System>> {
    let router = Router::new()
        .route("/mail", get(mail))
        .route("/jobs/{name}", post(run_job))
        .route("/clock", get(clock).post(advance))
        .route("/queues", get(queues))
        .route("/queues/{name}/redrive", post(redrive))
        .route("/idle", get(idle));
    let Some(web) = web else { return router };
    // A build of its own: the client that is deployed holds nothing of it.
    let components = web.with_file_name("dist-components");
    router
        .route_service("/components", ServeFile::new(components.join("components.html")))
        .nest_service("/components/assets", ServeDir::new(components.join("assets")))
}

fn refuse(error: &Error) -> Response {
    problem::respond(error, "local")
}

fn broken(error: impl std::fmt::Display) -> Response {
    refuse(&Error::internal(error.to_string()))
}

#[derive(Deserialize)]
struct MailQuery {
    to: Option<String>,
}

/// How many mails the page shows.
const MAILS: usize = 200;

async fn mail(State(system): State<Arc<System>>, Query(query): Query<MailQuery>, headers: HeaderMap) -> Response {
    let mails = match system.stand_ins.mailbox().list(query.to.as_deref(), MAILS) {
        Ok(mails) => mails,
        Err(error) => return broken(error),
    };
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or("");
    if !accept.contains("text/html") {
        let items: Vec<_> = mails
            .iter()
            .map(|mail| {
                json!({
                    "id": mail.id, "to": mail.to.join(", "), "subject": mail.subject, "text": mail.text, "html": mail.html,
                    "links": mail.links, "at": mail.at, "headers": mail.headers,
                })
            })
            .collect();
        return Json(json!({"items": items})).into_response();
    }
    let mut page = String::from(
        "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'><title>Mail on this machine</title>\
         <style>body{font:14px/1.5 system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1f2328}\
         article{border:1px solid #d8dee4;border-radius:8px;padding:1rem;margin:1rem 0}h2{font-size:1rem;margin:0}\
         pre{white-space:pre-wrap;font:inherit}small{color:#57606a}</style><h1>Mail on this machine</h1>",
    );
    if mails.is_empty() {
        page.push_str("<p>Nothing yet. What Millrace mails is shown here instead of being sent.");
    }
    for mail in mails {
        let mut text = escape(&mail.text);
        for link in &mail.links {
            let link = escape(link);
            text = text.replacen(&link, &format!("<a href=\"{link}\">{link}</a>"), 1);
        }
        // Writing into a String does not fail.
        let _ = write!(
            page,
            "<article><h2>{}</h2><small>to {} at {}</small><pre>{text}</pre></article>",
            escape(&mail.subject),
            escape(&mail.to.join(", ")),
            mail.at
        );
    }
    Html(page).into_response()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

async fn run_job(State(system): State<Arc<System>>, Path(name): Path<String>) -> Response {
    match system.run_job(&name).await {
        Some(Ok(())) => Json(json!({"job": name, "done": true})).into_response(),
        Some(Err(error)) => refuse(&error),
        None => refuse(&Error::not_found("job")),
    }
}

async fn clock(State(system): State<Arc<System>>) -> Response {
    Json(json!({"now": system.clock.now()})).into_response()
}

#[derive(Deserialize)]
struct Advance {
    advance: SignedDuration,
}

async fn advance(State(system): State<Arc<System>>, body: String) -> Response {
    let wanted = match serde_json::from_str::<Advance>(&body) {
        Ok(wanted) if !wanted.advance.is_negative() => wanted.advance,
        _ => {
            return refuse(&Error::field(
                "advance",
                "takes a duration of ISO 8601 that is not negative, such as PT36H",
            ));
        }
    };
    if let Err(error) = system.clock.advance(wanted) {
        return broken(error);
    }
    system.stand_ins.clock_moved();
    Json(json!({"now": system.clock.now()})).into_response()
}

async fn queues(State(system): State<Arc<System>>) -> Response {
    match system.stand_ins.queues().depths() {
        Ok(depths) => Json(json!({"items": depths})).into_response(),
        Err(error) => broken(error),
    }
}

async fn redrive(State(system): State<Arc<System>>, Path(name): Path<String>) -> Response {
    match system
        .stand_ins
        .queues()
        .redrive(&name)
        .or_else(|_| system.stand_ins.queues().redrive(&format!("millrace-{name}")))
    {
        Ok(moved) => Json(json!({"redriven": moved})).into_response(),
        Err(_) => refuse(&Error::not_found("queue")),
    }
}

#[derive(Deserialize)]
struct IdleQuery {
    timeout: Option<f64>,
}

async fn idle(State(system): State<Arc<System>>, Query(query): Query<IdleQuery>) -> Response {
    let patience = query.timeout.unwrap_or(10.0).clamp(0.0, 120.0);
    if system.idle(Duration::from_secs_f64(patience)).await {
        Json(json!({"idle": true})).into_response()
    } else {
        refuse(&Error::Busy("streams and queues are not drained yet".into()))
    }
}
