//! data-import-run: what a message of the queue of imports makes of a file.

use crate::{deliver, files, outcome, send, start, status, tasks, without_imports};
use millrace_api_tests::Stack;
use millrace_localstack::aws::meter::Meter;
use serde_json::json;
use std::collections::HashSet;

/// A table of plain tasks.
fn plain(count: usize) -> Vec<u8> {
    let rows: String = (0..count).map(|index| format!("Task {index}\n")).collect();
    format!("Title\n{rows}").into_bytes()
}

/// Each title once, and each number once.
async fn each_once(person: &millrace_api_tests::Person<'_>, board: &str, count: usize) {
    let all = tasks(person, board).await;
    let titles: HashSet<_> = all.iter().map(|card| card["title"].to_string()).collect();
    assert_eq!((all.len(), titles.len()), (count, count));
}

#[tokio::test]
async fn redelivered_import_steps_create_each_task_once() {
    let stack = without_imports().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let id = send(&alex, "WEB", "csv", &plain(300), json!({})).await;
    start(&alex, &id, false).await.ok(201);
    let step = || deliver(&stack, &alex.workspace, &id, 1);
    futures::join!(step(), step(), step());
    let done = status(&alex, &id).await;
    assert_eq!((&done["import"]["state"], &done["import"]["done"]), (&json!("done"), &json!(300)));
    step().await;
    deliver(&stack, &alex.workspace, &id, 7).await;
    assert_eq!(status(&alex, &id).await, done);
    each_once(&alex, &board.id, 300).await;
}

#[tokio::test]
async fn an_interrupted_import_resumes() {
    let stack = without_imports().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let id = send(&alex, "WEB", "csv", &plain(600), json!({})).await;
    start(&alex, &id, false).await.ok(201);
    let some_are_made = async { while status(&alex, &id).await["import"]["done"] == 0 {} };
    // Whichever of the two ends first drops the other where it stands.
    tokio::select! {
        () = deliver(&stack, &alex.workspace, &id, 1) => {}
        () = some_are_made => {}
    }
    let halfway = status(&alex, &id).await["import"].clone();
    assert_eq!((&halfway["state"], halfway["done"] == 600), (&json!("running"), false), "{halfway}");
    deliver(&stack, &alex.workspace, &id, 1).await;
    let done = status(&alex, &id).await["import"].clone();
    assert_eq!(
        (&done["state"], &done["done"], &done["first_key"]),
        (&json!("done"), &json!(600), &halfway["first_key"])
    );
    each_once(&alex, &board.id, 600).await;
}

#[tokio::test]
async fn a_task_larger_than_a_transaction_is_imported_completely() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let comments: Vec<_> = (0..250)
        .map(|index| json!({"body": format!("Comment {index}"), "created_at": "2026-01-01T10:00:00Z", "author": alex.email, "reply_to": if index == 9 { Some(3) } else { None }}))
        .collect();
    let links: Vec<_> = (1..=20).map(|other| json!({"relation": "relates", "task": format!("T-{other}")})).collect();
    let mut list: Vec<_> =
        (0..=20).map(|index| json!({"key": format!("T-{index}"), "title": format!("Task {index}")})).collect();
    list[20]["comments"] = json!(comments);
    list[0]["links"] = json!(links);
    let file = json!({"format": "millrace-project", "version": 1, "tasks": list}).to_string();
    let (_, done) = crate::import(&alex, "WEB", "json", file.as_bytes(), json!({})).await;
    assert_eq!((&done["import"]["done"], &done["import"]["problem_count"]), (&json!(21), &json!(0)));
    let task = alex.get("/api/tasks/WEB-21").await.ok(200);
    assert_eq!(task["comment_count"], 250);
    let mut said = Vec::new();
    let mut path = "/api/tasks/WEB-21/comments?limit=100".to_owned();
    loop {
        let part = alex.get(&path).await.ok(200);
        said.extend(part["items"].as_array().expect("comments").clone());
        let Some(next) = part["next"].as_str() else { break };
        path = format!("/api/tasks/WEB-21/comments?limit=100&cursor={next}");
    }
    let bodies: Vec<_> = said.iter().map(|comment| comment["body"].as_str().unwrap_or("").to_owned()).collect();
    assert_eq!(bodies, (0..250).map(|index| format!("Comment {index}")).collect::<Vec<_>>());
    assert_eq!((&said[9]["reply_to"], &said[3]["reply_count"]), (&said[3]["id"], &json!(1)));
    assert_eq!(alex.get("/api/tasks/WEB-1/links").await.ok(200)["items"].as_array().map(Vec::len), Some(20));
}

#[tokio::test]
async fn concurrent_imports_and_edits_do_not_conflict() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let file = files::table(200, &alex.email).replace("Card", "One card");
    let other = files::table(200, &alex.email).replace("Card", "Other card");
    let (one, two) = (
        send(&alex, "WEB", "csv", file.as_bytes(), json!({})).await,
        send(&alex, "WEB", "csv", other.as_bytes(), json!({})).await,
    );
    let typing = async {
        for index in 0..10 {
            alex.task("WEB", &format!("Typed {index}")).await;
        }
    };
    let (first, second, ()) = futures::join!(start(&alex, &one, false), start(&alex, &two, false), typing);
    assert_eq!((first.status, second.status), (201, 201));
    for id in [&one, &two] {
        let done = outcome(&alex, id).await;
        assert_eq!((&done["import"]["state"], &done["import"]["done"]), (&json!("done"), &json!(198)), "{done}");
    }
    let all = tasks(&alex, &board.id).await;
    let keys: HashSet<_> = all.iter().map(|card| card["key"].to_string()).collect();
    assert_eq!((all.len(), keys.len()), (198 * 2 + 10, 198 * 2 + 10));
    let labels = alex.get("/api/projects/WEB/labels").await.ok(200);
    assert_eq!(labels["items"].as_array().map(Vec::len), Some(2), "each label is made once");
}

#[tokio::test]
async fn an_import_updates_boards_and_figures_and_notifies_its_owner() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let sam = alex.invite("Sam", "member", &[("WEB", "developer")]).await;
    let file = files::table(100, &sam.email);
    let (_, done) = crate::import(&alex, "WEB", "csv", file.as_bytes(), json!({})).await;
    stack.idle().await;
    let unread = sam.get("/api/notifications/unread-count").await.ok(200);
    assert_eq!(unread["unread_count"], 0, "{unread}");
    let heard = alex.get("/api/notifications").await.ok(200)["items"].clone();
    let finished =
        json!({"work": "import", "id": done["import"]["import_id"], "name": "A file", "project": "WEB", "done": true});
    assert_eq!((heard.as_array().map(Vec::len), &heard[0]["finished"]), (Some(1), &finished), "{heard}");
    let history = alex.get("/api/tasks/WEB-1/history").await.ok(200)["items"][0].clone();
    assert_eq!((&history["type"], &history["data"]["import"]), (&json!("task.created"), &done["import"]["import_id"]));
    let other = alex.get("/api/tasks/WEB-50/history").await.ok(200)["items"][0].clone();
    assert!(history["batch"].is_string() && history["batch"] == other["batch"]);
    let mut path = format!("/api/boards/{}/events?limit=100&after={}", board.id, board.cursor);
    let mut told = 0;
    loop {
        let part = alex.get(&path).await.ok(200);
        told +=
            part["items"].as_array().expect("events").iter().filter(|event| event["type"] == "task.created").count();
        let Some(next) = part["next"].as_str() else { break };
        path = format!("/api/boards/{}/events?limit=100&after={}&cursor={next}", board.id, board.cursor);
    }
    assert_eq!(told, 99);
    let figures = alex.get("/api/analytics/dashboard").await.ok(200);
    assert_eq!(figures["last_7_days"]["now"]["created"], 99, "{figures}");
}

#[tokio::test]
async fn five_thousand_cards_are_written_in_some_hundred_transactions() {
    let stack = without_imports().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let id = send(&alex, "WEB", "csv", &plain(5_000), json!({})).await;
    start(&alex, &id, false).await.ok(201);
    let (mut writes, mut round_trips, mut deliveries) = (0, 0, 0);
    while status(&alex, &id).await["import"]["state"] == "running" {
        let meter = Meter::new();
        meter.scope(deliver(&stack, &alex.workspace, &id, 1)).await;
        let cost = meter.report();
        writes += cost.operations.iter().filter(|call| call.operation == "TransactWriteItems").count();
        round_trips += cost.round_trips;
        deliveries += 1;
    }
    assert_eq!((status(&alex, &id).await["import"]["done"].clone(), deliveries), (json!(5_000), 3));
    // One sets the numbers aside; each other makes at least 45 tasks, but for the last one of a delivery.
    assert!(writes <= 1 + 5_000usize.div_ceil(45) + deliveries, "{writes} transactions");
    assert!(round_trips <= writes + deliveries * 8, "{round_trips} round trips");
}

#[tokio::test]
async fn a_resumed_import_follows_transferred_tasks() {
    let stack = without_imports().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let app = alex.project("APP").await;
    let (count, linked, parts) = (600, 60, 550);
    let tasks: Vec<_> = (0..count)
        .map(|index| {
            let links = if index > 0 && index % linked == 0 {
                json!([{"relation": "relates", "task": "T-0"}])
            } else {
                json!([])
            };
            let parent = if index >= parts { json!("T-1") } else { json!(null) };
            json!({"key": format!("T-{index}"), "title": format!("Task {index}"), "links": links, "parent": parent})
        })
        .collect();
    let file = json!({"format": "millrace-project", "version": 1, "tasks": tasks}).to_string();
    let id = send(&alex, "WEB", "json", file.as_bytes(), json!({})).await;
    start(&alex, &id, false).await.ok(201);
    let some_are_made = async { while status(&alex, &id).await["import"]["done"] == 0 {} };
    tokio::select! {
        () = deliver(&stack, &alex.workspace, &id, 1) => {}
        () = some_are_made => {}
    }
    let done = status(&alex, &id).await["import"]["done"].as_u64().expect("a count");
    assert!(0 < done && done < parts, "{done} are made");
    for task in ["WEB-1", "WEB-2"] {
        let to = json!({"project": "APP", "board_id": app.id});
        alex.post(&format!("/api/tasks/{task}/transfer"), to).await.ok(200);
    }
    deliver(&stack, &alex.workspace, &id, 1).await;
    let done = status(&alex, &id).await["import"].clone();
    assert_eq!((&done["state"], &done["done"]), (&json!("done"), &json!(count)));
    let links = alex.get("/api/tasks/APP-1/links").await.ok(200)["items"].as_array().map(Vec::len);
    assert_eq!(links, Some(9));
    for task in (linked..count).step_by(60) {
        let found = alex.get(&format!("/api/tasks/WEB-{}/links", task + 1)).await.ok(200);
        assert_eq!(found["items"][0]["id"], "relates.APP-1");
    }
    assert_eq!(alex.get("/api/tasks/APP-2").await.ok(200)["subtask_count"], 0);
    let part = alex.get(&format!("/api/tasks/WEB-{count}")).await.ok(200);
    assert_eq!((&part["title"], &part["parent"]), (&json!("Task 599"), &json!(null)));
}
