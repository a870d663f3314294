//! The audit trail as audit-write keeps it and workspaces-audit shows it.

use millrace_api_tests::{Person, Reply, Stack};
use serde_json::{Value, json};

async fn trail(person: &Person<'_>, query: &str) -> Vec<Value> {
    let (mut found, mut next) = (Vec::new(), String::new());
    loop {
        let part = person.get(&format!("/api/audit?limit=2{query}{next}")).await.ok(200);
        found.extend(part["items"].as_array().expect("items").iter().cloned());
        match part["next"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => return found,
        }
    }
}

async fn as_table(person: &Person<'_>, path: &str) -> Reply {
    Reply::of(person.request("GET", path).header("accept", "text/csv")).await
}

fn kinds(trail: &[Value]) -> Vec<&str> {
    trail.iter().map(|event| event["type"].as_str().expect("a type")).collect()
}

#[tokio::test]
async fn the_audit_trail_contains_every_event() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let sam = alex.invite("Sam", "member", &[("WEB", "developer")]).await;
    let task = sam.task("WEB", "Write it down").await;
    stack.advance("PT10M").await;
    let later = stack.server.clock().now();
    alex.patch(&format!("/api/workspaces/{}", alex.workspace), json!({"name": "Acme"})).await.ok(200);
    sam.move_task(&board, &task, 0, 1).await.ok(200);
    stack.idle().await;

    let all = trail(&alex, "").await;
    assert_eq!(kinds(&all)[..2], ["task.moved", "workspace.updated"], "newest first");
    assert!(kinds(&all).contains(&"project.created") && kinds(&all).contains(&"user.created"));
    let by_sam = trail(&alex, &format!("&actor={}", sam.id)).await;
    assert!(by_sam.iter().all(|event| event["actor"]["id"] == json!(sam.id)));
    assert!(kinds(&by_sam).starts_with(&["task.moved", "task.created"]), "{:?}", kinds(&by_sam));
    assert_eq!(kinds(&trail(&alex, "&type=task.created,task.moved").await), ["task.moved", "task.created"]);
    assert_eq!(kinds(&trail(&alex, &format!("&from={later}")).await), ["task.moved", "workspace.updated"]);
    assert_eq!(trail(&alex, &format!("&to={later}")).await.len(), all.len() - 2);
    let renamed = &all[1];
    assert_eq!(renamed["changes"][0]["field"], "name");

    sam.get("/api/audit").await.problem(403);
    let stranger = stack.person("Robin").await;
    stack.idle().await;
    assert!(trail(&stranger, "").await.iter().all(|event| event["workspace"] == json!(stranger.workspace)));
}

#[tokio::test]
async fn the_audit_csv_contains_no_formulas() {
    let stack = Stack::own().await;
    let alex = stack.person("=Alex").await;
    alex.project("WEB").await;
    let task = alex.task("WEB", "Before").await;
    alex.patch(&format!("/api/tasks/{task}"), json!({"title": "=2+2, \"after\""})).await.ok(200);
    stack.idle().await;
    let table = as_table(&alex, "/api/audit").await;
    assert_eq!((table.status, table.header("content-type")), (200, "text/csv; charset=utf-8"));
    let lines: Vec<&str> = table.text.lines().collect();
    assert!(lines[0].starts_with("Time,Person,"), "{}", lines[0]);
    assert!(lines[1].contains(",'=Alex,") && lines[1].contains(",task.updated,WEB,WEB-1,"), "{}", lines[1]);
    assert!(lines[1].contains("\"title: Before → =2+2, \"\"after\"\"\""), "{}", lines[1]);
    let created = as_table(&alex, "/api/audit?type=task.created").await;
    assert_eq!(created.text.lines().count(), 2);
}

#[tokio::test]
async fn invalid_audit_filters_are_refused_naming_the_field() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    for (query, field) in [
        ("actor=WEB-1", "actor"),
        ("type=task.danced", "type"),
        ("from=yesterday", "from"),
        ("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "to"),
        ("cursor=made-up", "cursor"),
        ("limit=0", "limit"),
    ] {
        let problem = alex.get(&format!("/api/audit?{query}")).await.problem(422);
        assert_eq!(problem["errors"][0]["field"], field, "{problem}");
    }
}
