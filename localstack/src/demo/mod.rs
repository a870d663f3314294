//! Demo data: two people and two projects with some forty and twenty tasks and their history, created through the API.

mod comments;
mod history;
mod past;
mod relaunch;
mod story;
mod tasks;
mod time;

use crate::server::Server;
use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use tower::ServiceExt;

/// Who can sign in, and how.
pub const PEOPLE: [(&str, &str); 2] = [("Alex Rivera", "alex@millrace.example"), ("Sam Chen", "sam@millrace.example")];
/// The password of both.
pub const PASSWORD: &str = "millrace demo";

/// Why the demo could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the demo data could not be made: {0}")]
pub struct DemoError(String);

/// Makes the demo, where it is not there yet; `progress` hears how many of how many tasks are made.
///
/// # Errors
/// Where the API refuses something, with its answer.
pub async fn seed(server: &Server, mut progress: impl FnMut(usize, usize)) -> Result<(), DemoError> {
    let api = Api { router: server.router(), token: String::new() };
    let (name, email) = PEOPLE[0];
    let credentials = json!({"email": email, "password": PASSWORD});
    if api.send(Method::POST, "/api/auth/login", Some(credentials)).await?.0 == StatusCode::OK {
        return Ok(());
    }
    let register = json!({
        "email": email, "password": PASSWORD, "name": name,
        "workspace": {"name": "Northwind", "slug": "northwind"},
    });
    let alex = api.post("/api/auth/register", register).await?;
    let api = Api { token: text(&alex["access_token"]), ..api };
    let (sam, sams) = invite(server, &api, &text(&alex["workspace"]["id"])).await?;
    let people = [text(&alex["user"]["id"]), sam];
    let keys = relaunch::seed(server, &api, &people, &mut progress).await?;
    let of_sam = api.with_token(&sams);
    comments::seed([&api, &of_sam], &people, &keys).await?;
    history::seed(server, &people).await?;
    let [alex, sam] = people;
    let today = server.clock().now().to_zoned(TimeZone::UTC).date();
    time::seed(&[(api, alex), (of_sam, sam)], &keys, today).await
}

/// Invites the second person, who accepts by the mail's link: their id, and their token.
async fn invite(server: &Server, api: &Api, workspace: &str) -> Result<(String, String), DemoError> {
    let (name, email) = PEOPLE[1];
    api.post(&format!("/api/workspaces/{workspace}/invites"), json!({"email": email, "role": "member"})).await?;
    server.idle(std::time::Duration::from_secs(10)).await;
    let mails = server.stand_ins().mailbox().list(Some(email), 1).map_err(|error| DemoError(error.to_string()))?;
    let link = mails.first().and_then(|mail| mail.links.iter().find(|link| link.contains("/invites/")).cloned());
    let link = link.ok_or_else(|| DemoError("no invitation was mailed".to_owned()))?;
    let token = link.rsplit('/').next().unwrap_or_default().to_owned();
    let accepted = api
        .with_token("")
        .post(&format!("/api/invites/{token}/accept"), json!({"name": name, "password": PASSWORD}))
        .await?;
    Ok((text(&accepted["user"]["id"]), text(&accepted["access_token"])))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn each(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The API, as one person calls it.
struct Api {
    router: Router,
    token: String,
}

impl Api {
    fn with_token(&self, token: &str) -> Self {
        Self { router: self.router.clone(), token: token.to_owned() }
    }

    async fn get(&self, path: &str) -> Result<Value, DemoError> {
        good(path, self.send(Method::GET, path, None).await?)
    }

    async fn post(&self, path: &str, body: Value) -> Result<Value, DemoError> {
        good(path, self.send(Method::POST, path, Some(body)).await?)
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Result<(StatusCode, Value), DemoError> {
        let failed = |error: &dyn std::fmt::Display| DemoError(format!("{path}: {error}"));
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "localhost");
        if !self.token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        }
        let body = match body {
            Some(body) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        let request = request.body(body).map_err(|error| failed(&error))?;
        let response = self.router.clone().oneshot(request).await.map_err(|never| match never {})?;
        let status = response.status();
        let bytes = response.into_body().collect().await.map_err(|error| failed(&error))?.to_bytes();
        Ok((status, serde_json::from_slice(&bytes).unwrap_or(Value::Null)))
    }
}

fn good(path: &str, (status, body): (StatusCode, Value)) -> Result<Value, DemoError> {
    if status.is_success() { Ok(body) } else { Err(DemoError(format!("{path} answered {status}: {body}"))) }
}
