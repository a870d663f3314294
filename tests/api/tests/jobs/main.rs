//! What schedules call. The local scheduler calls them too while the clock moves: what is told is told once all the same.

mod cleanup;
mod digest;
mod due_dates;
mod quiet_hours;
mod weekly_report;

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use millrace_api_tests::{PASSWORD, Person, Stack};
use serde_json::{Value, json};

/// Runs a job twice, and waits until all that follows is done.
async fn run(stack: &Stack, job: &str) {
    for _ in 0..2 {
        stack.call("POST", &format!("/_local/jobs/{job}"), None).await.ok(200);
        stack.idle().await;
    }
    // A mail waits for a moment in which more of the same may come.
    stack.advance("PT31S").await;
}

/// The present day, in UTC.
fn today(stack: &Stack) -> Date {
    stack.server.clock().now().to_zoned(TimeZone::UTC).date()
}

/// Moves the clock to a moment.
async fn move_to(stack: &Stack, moment: &str) {
    let moment: Timestamp = moment.parse().expect("a time");
    let ahead = moment.duration_since(stack.server.clock().now());
    assert!(ahead.is_positive(), "{moment} is past");
    stack.advance(&ahead.to_string()).await;
}

/// Moves the clock to an hour of a day that lies some days ahead.
async fn move_ahead(stack: &Stack, days: i32, time: &str) {
    let date = today(stack) + days.days();
    move_to(stack, &format!("{date}T{time}Z")).await;
}

/// The same person, signed in anew: a token is good for a quarter of an hour.
async fn again<'stack>(person: &Person<'stack>) -> Person<'stack> {
    let sent = json!({"email": person.email, "password": PASSWORD});
    let login = person.stack.call("POST", "/api/auth/login", Some(sent)).await;
    Person::signed_in(person.stack, &person.email, login, 200)
}

/// What a person heard of as `kind`, newest first.
async fn heard(person: &Person<'_>, kind: &str) -> Vec<Value> {
    let list = again(person).await.get("/api/notifications").await.ok(200);
    let items = list["items"].as_array().expect("items").iter();
    items.filter(|item| item["kind"] == kind).cloned().collect()
}

/// The subjects of all mails to somebody, newest first, but for those about their account.
fn subjects(person: &Person<'_>) -> Vec<String> {
    let mails = person.stack.server.stand_ins().mailbox().list(Some(&person.email), 1_000).expect("mails");
    let ours = mails.into_iter().filter(|mail| mail.headers.iter().any(|(name, _)| name == "List-Unsubscribe"));
    ours.map(|mail| mail.subject).collect()
}

/// Two people of one workspace, the second a developer of its project WEB.
async fn two(stack: &Stack) -> (Person<'_>, Person<'_>) {
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let bo = alex.invite("Bo", "member", &[("WEB", "developer")]).await;
    stack.idle().await;
    (alex, bo)
}

/// Changes how a person wants to hear.
async fn choose(person: &Person<'_>, change: impl FnOnce(&mut Value)) {
    let person = again(person).await;
    let mut preferences = person.get("/api/notifications/preferences").await.ok(200);
    change(&mut preferences);
    person.put("/api/notifications/preferences", preferences).await.ok(200);
}
