//! The workspaces area, as its clients see it.

mod accept_invite;
mod audit;
mod calendar;
mod create;
mod delete;
mod flags;
mod get;
mod invites;
mod members;
mod metrics;
mod resolve;
mod update;

use millrace_api_tests::Person;
use serde_json::{Value, json};

/// The path of something of the person's workspace.
fn path(person: &Person<'_>, rest: &str) -> String {
    format!("/api/workspaces/{}{rest}", person.workspace)
}

/// Invites an address; the invitation and its token.
async fn invite(person: &Person<'_>, email: &str, role: &str) -> (Value, String) {
    let invite = person.post(&path(person, "/invites"), json!({"email": email, "role": role})).await.ok(201);
    let token = person.stack.mailed_token(email, "/invites/").await;
    (invite, token)
}
