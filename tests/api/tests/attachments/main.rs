//! `/api/tasks/{task}/attachments`

mod complete;
mod create;
mod download;
mod form;
mod list;
mod remove;
mod scan;

use image::{DynamicImage, ImageFormat};
use millrace_api_tests::{Person, Reply, Stack};
use serde_json::{Value, json};
use std::io::Cursor;

const PATH: &str = "/api/tasks/WEB-1/attachments";

/// Somebody with a project, and one task in it: `WEB-1`.
async fn with_task(stack: &Stack) -> Person<'_> {
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    alex.task("WEB", "A task").await;
    alex
}

/// A picture of this size.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(width, height).write_to(&mut bytes, ImageFormat::Png).expect("writes");
    bytes.into_inner()
}

/// Begins an upload.
async fn begin(person: &Person<'_>, name: &str, content_type: &str, size: usize) -> Reply {
    person.post(PATH, json!({"name": name, "content_type": content_type, "size": size})).await
}

/// The path of a file, by what was answered about it.
fn path(file: &Value) -> String {
    format!("{PATH}/{}", file["id"].as_str().expect("an id"))
}

/// Begins an upload and sends the file; what the beginning answered.
async fn send(person: &Person<'_>, name: &str, content_type: &str, bytes: &[u8]) -> Value {
    let begun = begin(person, name, content_type, bytes.len()).await.ok(201);
    let sent = person.stack.send_by_form(&begun["upload"], bytes.to_vec()).await;
    assert_eq!(sent.status, 204, "{}", sent.text);
    begun
}

async fn complete(person: &Person<'_>, begun: &Value) -> Reply {
    person.post(&format!("{}/complete", path(begun)), json!({})).await
}

/// Attaches a file, from the beginning to the end.
async fn attach(person: &Person<'_>, name: &str, content_type: &str, bytes: &[u8]) -> Value {
    let begun = send(person, name, content_type, bytes).await;
    complete(person, &begun).await.ok(200)
}

/// All files of `WEB-1`.
async fn all(person: &Person<'_>) -> Vec<Value> {
    person.get(PATH).await.ok(200)["items"].as_array().expect("items").clone()
}

/// How many files `WEB-1` counts.
async fn count(person: &Person<'_>) -> Value {
    person.get("/api/tasks/WEB-1").await.ok(200)["attachment_count"].clone()
}

/// The newest event of `WEB-1`.
async fn newest(person: &Person<'_>) -> Value {
    person.get("/api/tasks/WEB-1/history?limit=1").await.ok(200)["items"][0].clone()
}
