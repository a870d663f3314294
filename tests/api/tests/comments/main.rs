//! `/api/tasks/{task}/comments`

mod add;
mod edit;
mod list;
mod react;
mod remove;

use millrace_api_tests::{Person, Reply, Stack};
use serde_json::{Value, json};

/// Somebody with a project, and one task in it: `WEB-1`.
async fn with_task() -> Person<'static> {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    alex.task("WEB", "A task").await;
    alex
}

/// Posts a comment to `WEB-1`.
async fn post(person: &Person<'_>, body: &str) -> Reply {
    person.post("/api/tasks/WEB-1/comments", json!({"body": body})).await
}

/// Posts a reply on `WEB-1`; what was answered.
async fn reply(person: &Person<'_>, to: &Value, body: &str) -> Value {
    person.post("/api/tasks/WEB-1/comments", json!({"body": body, "reply_to": to["id"]})).await.ok(201)
}

/// All comments on `WEB-1`.
async fn all(person: &Person<'_>) -> Vec<Value> {
    let list = person.get("/api/tasks/WEB-1/comments").await.ok(200);
    list["items"].as_array().expect("items").clone()
}

/// How many comments `WEB-1` counts.
async fn count(person: &Person<'_>) -> Value {
    person.get("/api/tasks/WEB-1").await.ok(200)["comment_count"].clone()
}

/// The path of a comment on `WEB-1`.
fn path(comment: &Value) -> String {
    format!("/api/tasks/WEB-1/comments/{}", comment["id"].as_str().expect("an id"))
}

/// The path of a reaction to a comment on `WEB-1`.
fn reaction(comment: &Value, emoji: &str) -> String {
    format!("{}/reactions/{emoji}", path(comment))
}

/// The newest event of `WEB-1`.
async fn newest(person: &Person<'_>) -> Value {
    person.get("/api/tasks/WEB-1/history?limit=1").await.ok(200)["items"][0].clone()
}
