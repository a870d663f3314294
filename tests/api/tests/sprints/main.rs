//! `/api/sprints`

mod add_tasks;
mod burndown;
mod close;
mod create;
mod delete;
mod list;
mod snapshot;
mod start;
mod update;
mod velocity;

use jiff::{ToSpan, civil::Date, tz::TimeZone};
use millrace_api_tests::{PASSWORD, Person, Stack};
use serde_json::{Value, json};

/// Today, in UTC.
fn today(stack: &Stack) -> Date {
    stack.server.clock().now().to_zoned(TimeZone::UTC).date()
}

/// A sprint of two weeks that begins today, as it is answered.
async fn sprint(person: &Person<'_>, name: &str) -> Value {
    let today = today(person.stack);
    let sent = json!({
        "name": name, "goal": "Ship it", "start_date": today, "end_date": today.saturating_add(13.days()),
        "capacity": 20,
    });
    person.post("/api/projects/WEB/sprints", sent).await.ok(201)
}

/// The id of a sprint.
fn id(sprint: &Value) -> &str {
    sprint["id"].as_str().expect("an id")
}

/// A new task with story points; its key.
async fn task(person: &Person<'_>, points: u32) -> String {
    let sent = json!({"title": format!("Task of {points}"), "story_points": points});
    let task = person.post("/api/projects/WEB/tasks", sent).await.ok(201);
    task["key"].as_str().expect("a key").to_owned()
}

/// New tasks of one point each; their keys. One after the other: numbers are given in turn.
async fn tasks(person: &Person<'_>, count: usize) -> Vec<String> {
    let mut keys = Vec::with_capacity(count);
    for _ in 0..count {
        keys.push(task(person, 1).await);
    }
    keys
}

/// Adds tasks to a sprint, and takes others out.
async fn plan(person: &Person<'_>, sprint: &Value, add: &[&str], remove: &[&str]) -> Value {
    let path = format!("/api/sprints/{}/tasks", id(sprint));
    person.put(&path, json!({"add": add, "remove": remove})).await.ok(200)
}

async fn start(person: &Person<'_>, sprint: &Value) -> Value {
    person.post(&format!("/api/sprints/{}/start", id(sprint)), json!({})).await.ok(200)
}

async fn close(person: &Person<'_>, sprint: &Value, unfinished: &str) -> Value {
    let path = format!("/api/sprints/{}/close", id(sprint));
    person.post(&path, json!({"unfinished": unfinished})).await.ok(200)
}

async fn sprint_of(person: &Person<'_>, task: &str) -> Value {
    person.get(&format!("/api/tasks/{task}")).await.ok(200)["sprint_id"].clone()
}

/// The keys in a list of a report.
fn keys(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|task| task["key"].as_str().expect("a key")).collect()
}

/// The same person with a fresh token: the old one does not outlive a moved clock.
async fn again<'stack>(person: &Person<'stack>) -> Person<'stack> {
    let credentials = json!({"email": person.email, "password": PASSWORD});
    let reply = person.stack.call("POST", "/api/auth/login", Some(credentials)).await;
    Person::signed_in(person.stack, &person.email, reply, 200)
}
