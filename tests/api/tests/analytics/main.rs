//! Figures, and the counters that they are read from.

mod aggregate;
mod dashboard;
mod reconcile;

use millrace_api_tests::{Person, Stack};
use serde_json::Value;

/// The dashboard of `person`, once everything that happened is counted.
async fn dashboard(stack: &Stack, person: &Person<'_>, query: &str) -> Value {
    stack.idle().await;
    person.get(&format!("/api/analytics/dashboard{query}")).await.ok(200)
}
