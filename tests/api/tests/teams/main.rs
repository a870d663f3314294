//! Teams.

mod create;
mod delete;
mod members;
mod update;

use millrace_api_tests::Person;
use serde_json::{Value, json};

/// The team to create.
async fn team(person: &Person<'_>, name: &str, members: &[&str]) -> Value {
    person.post("/api/teams", json!({"name": name, "members": members})).await.ok(201)
}

/// Where a team is.
fn at(team: &Value) -> String {
    format!("/api/teams/{}", team["id"].as_str().expect("an id"))
}
