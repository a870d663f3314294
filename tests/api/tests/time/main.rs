//! Time on tasks: logs, the timer, timesheets.

mod edit;
mod list;
mod log;
mod remove;
mod sheet;
mod timer;
mod track;

use millrace_api_tests::{PASSWORD, Person};
use serde_json::json;

/// The same person, signed in anew: a token is good for a quarter of an hour.
async fn again<'stack>(person: &Person<'stack>) -> Person<'stack> {
    let credentials = json!({"email": person.email, "password": PASSWORD});
    let reply = person.stack.call("POST", "/api/auth/login", Some(credentials)).await;
    Person::signed_in(person.stack, &person.email, reply, 200)
}
