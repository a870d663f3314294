//! A workspace to look around in: two people, a project with some forty tasks, and one with a past; made through the API
//! like any other.

mod comments;
mod history;
mod past;
mod tasks;
mod time;

use crate::server::Server;
use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use jiff::{ToSpan, tz::TimeZone};
use past::Past;
use serde_json::{Value, json};
use tasks::{LABELS, TASKS};
use tower::ServiceExt;

/// Who can sign in, and how.
pub const PEOPLE: [(&str, &str); 2] = [("Alex Rivera", "alex@millrace.example"), ("Sam Chen", "sam@millrace.example")];
/// The password of both.
pub const PASSWORD: &str = "millrace demo";

/// How many days ago the first task was made, and how many lie between two.
const FIRST_TASK: f64 = 27.0;
const BETWEEN_TASKS: f64 = 0.65;

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
    let mut past = Past::begin(server).await?;
    past.turn_to(FIRST_TASK).await?;
    let project = json!({
        "key": "WEB", "name": "Website relaunch",
        "description": "The new shop and the pages around it, live before the spring sale.",
    });
    let board = text(&past.api.post("/api/projects", project).await?["board_id"]);
    api.send(Method::PUT, &format!("/api/projects/WEB/members/{sam}"), Some(json!({"role": "developer"}))).await?;
    let labels = labels(&api).await?;
    let snapshot = api.get(&format!("/api/boards/{board}")).await?;
    let columns: Vec<String> = each(&snapshot["columns"]).map(|column| text(&column["id"])).collect();
    let limited = format!("/api/boards/{board}/columns/{}", columns.get(2).map_or("", String::as_str));
    api.send(Method::PATCH, &limited, Some(json!({"wip_limit": 6}))).await?;
    let today = server.clock().now().to_zoned(TimeZone::UTC).date();
    let people = [text(&alex["user"]["id"]), sam];
    let mut keys: Vec<String> = Vec::new();
    for (index, task) in TASKS.iter().enumerate() {
        past.turn_to(FIRST_TASK - index as f64 * BETWEEN_TASKS).await?;
        let due = task.due.map(|days| today.saturating_add(days.days()).to_string());
        let body = json!({
            "title": task.title,
            "description": task.description,
            "column_id": columns.get(task.column),
            "priority": task.priority,
            "assignees": task.people.iter().filter_map(|person| people.get(*person)).collect::<Vec<_>>(),
            "labels": task.labels.iter().filter_map(|label| labels.get(*label)).collect::<Vec<_>>(),
            "story_points": task.points,
            "due_date": due,
            "parent": task.part_of.and_then(|parent| keys.get(parent)),
        });
        keys.push(text(&past.api.post("/api/projects/WEB/tasks", body).await?["key"]));
        progress(index + 1, TASKS.len());
    }
    past.end().await?;
    let of_sam = api.with_token(&sams);
    comments::seed([&api, &of_sam], &people, &keys).await?;
    history::seed(server, &people).await?;
    let [alex, sam] = people;
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

async fn labels(api: &Api) -> Result<Vec<String>, DemoError> {
    let mut labels = Vec::new();
    for (name, color) in LABELS {
        let label = api.post("/api/projects/WEB/labels", json!({"name": name, "color": color})).await?;
        labels.push(text(&label["id"]));
    }
    Ok(labels)
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
