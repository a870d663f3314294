//! `/api/reports`

mod create;
mod download;
mod get;
mod kinds;
mod make;

use jiff::{ToSpan, civil::Date, tz::TimeZone};
use millrace_api_tests::{Board, PASSWORD, Person, Reply, Stack};
use serde_json::{Value, json};
use std::{fs, io::Read, path::Path};

/// Somebody with a project, and two tasks in it: one of three points that is done, and one that is to do.
async fn with_tasks(stack: &Stack) -> (Person<'_>, Board) {
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let first = json!({"title": "Draw the map", "story_points": 3, "due_date": "2026-12-01", "priority": "high"});
    alex.post("/api/projects/WEB/tasks", first).await.ok(201);
    alex.task("WEB", "Πες Привет").await;
    alex.move_task(&board, "WEB-1", 0, 4).await.ok(200);
    stack.idle().await;
    (alex, board)
}

/// Today, in UTC.
fn today(stack: &Stack) -> Date {
    stack.server.clock().now().to_zoned(TimeZone::UTC).date()
}

/// A sprint of two weeks that begins today, with `WEB-1` and `WEB-2` in it, started; its id.
async fn sprint(person: &Person<'_>) -> String {
    let today = today(person.stack);
    let sent =
        json!({"name": "Harvest", "goal": "Ship it", "start_date": today, "end_date": today.saturating_add(13.days())});
    let sprint = person.post("/api/projects/WEB/sprints", sent).await.ok(201);
    let id = sprint["id"].as_str().expect("an id").to_owned();
    person.put(&format!("/api/sprints/{id}/tasks"), json!({"add": ["WEB-1", "WEB-2"]})).await.ok(200);
    person.post(&format!("/api/sprints/{id}/start"), json!({})).await.ok(200);
    id
}

/// Asks for a report; what was answered.
async fn ask(person: &Person<'_>, request: Value) -> Value {
    person.post("/api/reports", request).await.ok(201)
}

/// A report by its id, as it is now.
async fn report(person: &Person<'_>, asked: &Value) -> Value {
    person.get(&path(asked)).await.ok(200)
}

fn path(asked: &Value) -> String {
    format!("/api/reports/{}", asked["id"].as_str().expect("an id"))
}

/// Asks for a report and waits until it is settled.
async fn settled(person: &Person<'_>, request: Value) -> Value {
    let asked = ask(person, request).await;
    person.stack.advance("PT2S").await;
    report(person, &asked).await
}

/// Asks for a report, and waits until it is made; it, and its file.
async fn made(person: &Person<'_>, request: Value) -> (Value, Vec<u8>) {
    let report = settled(person, request).await;
    assert_eq!((&report["state"], &report["progress"]), (&json!("done"), &json!(100)), "{report}");
    let bytes = fetch(person, &report).await;
    assert_eq!(report["size"], bytes.len(), "{report}");
    (report, bytes)
}

/// The file of a report, by its signed address.
async fn fetch(person: &Person<'_>, report: &Value) -> Vec<u8> {
    let request = person.request("GET", &format!("{}/download", path(report))).header("accept", "application/json");
    let told = Reply::of(request).await.ok(200);
    let answer = person.stack.http.get(told["url"].as_str().expect("an address")).send().await.expect("answers");
    assert_eq!(answer.status(), 200);
    answer.bytes().await.expect("a file").to_vec()
}

/// A file of a workbook.
fn part(workbook: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook)).expect("is a workbook");
    let mut text = String::new();
    archive.by_name(name).expect("is in it").read_to_string(&mut text).expect("is text");
    text
}

/// The text of each page of a PDF.
fn pages(pdf: &[u8]) -> Vec<String> {
    let pdf = lopdf::Document::load_mem(pdf).expect("is a PDF");
    pdf.get_pages().keys().map(|page| pdf.extract_text(&[*page]).expect("has text").replace('\n', "")).collect()
}

/// The keys of all objects in the bucket that are reports.
fn kept(stack: &Stack) -> Vec<String> {
    let folder = stack.server.stand_ins().buckets_folder().join("millrace-files");
    let mut keys = Vec::new();
    collect(&folder, &folder.join("reports"), &mut keys);
    keys
}

fn collect(root: &Path, folder: &Path, keys: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            collect(root, &entry.path(), keys);
        } else if let Some(key) = entry.path().strip_prefix(root).ok().and_then(Path::to_str) {
            keys.push(key.to_owned());
        }
    }
}

/// The same person with a fresh token: the old one does not outlive a moved clock.
async fn again<'stack>(person: &Person<'stack>) -> Person<'stack> {
    let credentials = json!({"email": person.email, "password": PASSWORD});
    let reply = person.stack.call("POST", "/api/auth/login", Some(credentials)).await;
    Person::signed_in(person.stack, &person.email, reply, 200)
}
