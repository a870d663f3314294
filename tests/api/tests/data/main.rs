//! `/api/exports/tasks` and `/api/imports`

mod carrying;
mod choices;
mod export;
mod files;
mod import;
mod import_run;
mod import_status;
mod round_trip;

use image::{DynamicImage, ImageFormat};
use millrace_api_tests::{Person, Reply, Stack};
use serde_json::{Value, json};
use std::{io::Cursor, time::Duration};

const PATH: &str = "/api/imports/tasks";

/// Begins an import of `bytes` into `WEB`, with `more` in the body, and sends the file; the import's id.
async fn send(person: &Person<'_>, project: &str, format: &str, bytes: &[u8], more: Value) -> String {
    let mut body = json!({"project": project, "format": format, "name": "A file", "size": bytes.len()});
    body.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
    let begun = person.post(PATH, body).await.ok(201);
    let sent = person.stack.send_by_form(&begun["upload"], bytes.to_vec()).await;
    assert_eq!(sent.status, 204, "{}", sent.text);
    begun["import_id"].as_str().expect("an id").to_owned()
}

/// Starts an import.
async fn start(person: &Person<'_>, import: &str, dry_run: bool) -> Reply {
    let project = import.split('.').next().expect("a project");
    person.post(PATH, json!({"project": project, "import_id": import, "dry_run": dry_run})).await
}

async fn status(person: &Person<'_>, import: &str) -> Value {
    person.get(&format!("/api/imports/{import}?limit=100")).await.ok(200)
}

/// What came of an import: waits until it is through.
async fn outcome(person: &Person<'_>, import: &str) -> Value {
    let wait = async {
        loop {
            let found = status(person, import).await;
            if !matches!(found["import"]["state"].as_str(), Some("waiting" | "checking" | "running")) {
                return found;
            }
            // What follows from it is waited for a while at a time: thousands of events take theirs.
            person.stack.server.idle(Duration::from_millis(200)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(180), wait).await.expect("the import comes to an end")
}

/// Sends a file, looks at it first, and imports it; what was found each time.
async fn import(person: &Person<'_>, project: &str, format: &str, bytes: &[u8], more: Value) -> (Value, Value) {
    let import = send(person, project, format, bytes, more).await;
    start(person, &import, true).await.ok(201);
    let checked = outcome(person, &import).await;
    assert_eq!(checked["import"]["state"], "checked", "{checked}");
    start(person, &import, false).await.ok(201);
    let done = outcome(person, &import).await;
    assert_eq!(done["import"]["state"], "done", "{done}");
    (checked, done)
}

/// All tasks of a board, by their snapshot.
async fn tasks(person: &Person<'_>, board: &str) -> Vec<Value> {
    person.get(&format!("/api/boards/{board}")).await.ok(200)["tasks"].as_array().expect("tasks").clone()
}

/// The problems as line, field and whether the line was left out.
fn problems(found: &Value) -> Vec<(u64, String, bool)> {
    let problem = |problem: &Value| {
        let field = problem["field"].as_str().expect("a field").to_owned();
        (problem["line"].as_u64().expect("a line"), field, problem["left_out"].as_bool().expect("yes or no"))
    };
    found["problems"].as_array().expect("problems").iter().map(problem).collect()
}

/// A project as its file tells of it.
async fn exported(person: &Person<'_>, project: &str, format: &str) -> (Value, String) {
    let export = person.post("/api/exports/tasks", json!({"project": project, "format": format})).await.ok(201);
    let fetched = person.stack.http.get(export["url"].as_str().expect("an address")).send().await.expect("answers");
    assert_eq!(fetched.status(), 200);
    assert!(fetched.headers()["content-disposition"].to_str().expect("text").starts_with("attachment"));
    // As it was sent: to read it as text would take its byte order mark away.
    let text = String::from_utf8(fetched.bytes().await.expect("bytes").to_vec()).expect("text");
    assert_eq!(export["size"], text.len());
    (export, text)
}

/// A picture of this size.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(width, height).write_to(&mut bytes, ImageFormat::Png).expect("writes");
    bytes.into_inner()
}

/// Attaches a file to a task.
async fn attach(person: &Person<'_>, task: &str, name: &str, content_type: &str, bytes: &[u8]) {
    let path = format!("/api/tasks/{task}/attachments");
    let announced = json!({"name": name, "content_type": content_type, "size": bytes.len()});
    let begun = person.post(&path, announced).await.ok(201);
    let sent = person.stack.send_by_form(&begun["upload"], bytes.to_vec()).await;
    assert_eq!(sent.status, 204, "{}", sent.text);
    person.post(&format!("{path}/{}/complete", begun["id"].as_str().expect("an id")), json!({})).await.ok(200);
}

/// The files on a task.
async fn attached(person: &Person<'_>, task: &str) -> Vec<Value> {
    let path = format!("/api/tasks/{task}/attachments?limit=100");
    person.get(&path).await.ok(200)["items"].as_array().expect("files").clone()
}

/// What is in a file, as its download leads to it.
async fn content(person: &Person<'_>, file: &Value) -> Vec<u8> {
    let text = |name: &str| file[name].as_str().expect("text");
    let path = format!("/api/tasks/{}/attachments/{}", text("task"), text("id"));
    let told = Reply::of(person.request("GET", &path).header("accept", "application/json")).await.ok(200);
    let address = told["url"].as_str().expect("an address");
    person.stack.http.get(address).send().await.expect("answers").bytes().await.expect("bytes").to_vec()
}

/// A system whose imports go on only when they are told to.
async fn without_imports() -> Stack {
    let mut functions = millrace_infra::functions(millrace_infra::AREAS);
    functions.retain(|declared| declared.name != "data-import-run");
    let options = millrace_localstack::server::Options::in_memory(functions);
    let server = millrace_localstack::server::Server::start(options).await.expect("the server starts");
    Stack { server, http: reqwest::Client::builder().pool_max_idle_per_host(0).build().expect("a client") }
}

/// Delivers a step of an import to its consumer.
async fn deliver(stack: &Stack, workspace: &str, import: &str, run: u32) {
    let functions = millrace_infra::functions(millrace_infra::AREAS);
    let consumer = functions.iter().find(|declared| declared.name == "data-import-run").expect("a consumer");
    let body = json!({"workspace": workspace, "import": import, "run": run});
    let event = json!({"Records": [{"messageId": "step", "body": body.to_string()}]});
    let answer = consumer.invoke.expect("no route")(stack.server.platform().clone(), event).await.expect("does it");
    assert_eq!(answer["batchItemFailures"], json!([]), "{answer}");
}

/// A project with something of everything.
async fn rich(stack: &Stack) -> Person<'_> {
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    alex.project("TWO").await;
    let sam = alex.invite("Sam", "member", &[("WEB", "developer"), ("TWO", "developer")]).await;
    let post = |path: &str, body: Value| {
        let (alex, path) = (alex.clone(), path.to_owned());
        async move { alex.post(&path, body).await.ok(201) }
    };
    post(&format!("/api/boards/{}/columns", board.id), json!({"name": "Parked", "category": "todo", "wip_limit": 7}))
        .await;
    let other = post("/api/projects/WEB/boards", json!({"name": "Second board", "template": "bugs"})).await;
    let bug = post("/api/projects/WEB/labels", json!({"name": "Bug; urgent, or not", "color": "#c92a2a"})).await["id"]
        .clone();
    let new = post("/api/projects/WEB/labels", json!({"name": "Neu", "color": "#123456"})).await["id"].clone();
    let fields = json!({"fields": [
        {"name": "Customer", "kind": "text"}, {"name": "Weight", "kind": "number"}, {"name": "Since", "kind": "date"},
        {"name": "Size", "kind": "select", "options": ["S", "L"]}, {"name": "Tester", "kind": "person"}, {"name": "Link", "kind": "url"},
    ]});
    let fields = alex.put("/api/projects/WEB/fields", fields).await.ok(200)["fields"].clone();
    let field = |index: usize| fields[index]["id"].as_str().expect("an id").to_owned();
    let sprint = json!({"name": "Sprint 1", "goal": "All of it", "start_date": "2027-01-04", "end_date": "2027-01-15", "capacity": 20});
    let sprint = post("/api/projects/WEB/sprints", sprint).await["id"].clone();
    post("/api/projects/WEB/tasks", json!({
        "title": "=1+1 is no formula", "description": "# All\n\n\"of\" it, 🎉\n", "priority": "urgent", "assignees": [sam.id, alex.id],
        "labels": [new, bug], "story_points": 8, "estimated_hours": 2.5, "start_date": "2027-01-04", "due_date": "2027-01-15",
        "sprint_id": sprint, "metadata": {"crm": {"id": 7, "tags": ["a", null]}},
        "custom": {field(0): "'+Acme, \"Ltd\"", field(1): -2.5, field(2): "2026-02-28", field(3): "L", field(4): sam.id, field(5): "https://example.com/?a=1"},
    })).await;
    post("/api/projects/WEB/tasks", json!({"title": "A part", "parent": "WEB-1"})).await;
    post("/api/projects/WEB/tasks", json!({"title": "'@mention", "position": "top"})).await;
    post("/api/projects/WEB/tasks", json!({"title": "On the second board", "board_id": other["id"]})).await;
    for (task, to) in [("WEB-2", 4), ("WEB-1", 2)] {
        alex.move_task(&board, task, 0, to).await.ok(200);
    }
    for (task, relation, other) in
        [("WEB-1", "blocks", "WEB-3"), ("WEB-2", "relates", "WEB-4"), ("WEB-3", "duplicates", "WEB-4")]
    {
        post(&format!("/api/tasks/{task}/links"), json!({"kind": relation, "task": other})).await;
    }
    let first = sam.post("/api/tasks/WEB-1/comments", json!({"body": "First, by Sam"})).await.ok(201);
    post(
        "/api/tasks/WEB-1/comments",
        json!({"body": format!("An answer to @[Sam]({})", sam.id), "reply_to": first["id"]}),
    )
    .await;
    let edited = post("/api/tasks/WEB-1/comments", json!({"body": "Once"})).await;
    let edited = edited["id"].as_str().expect("an id");
    alex.patch(&format!("/api/tasks/WEB-1/comments/{edited}"), json!({"body": "Twice"})).await.ok(200);
    sam.put("/api/tasks/WEB-3/watch", json!(null)).await.ok(200);
    alex
}
