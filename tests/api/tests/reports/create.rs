use crate::{ask, report, sprint, with_tasks};
use millrace_api_tests::{Reply, Stack};
use serde_json::{Value, json};

#[tokio::test]
async fn a_report_is_queued_at_once() {
    let stack = Stack::own().await;
    let (alex, _) = with_tasks(&stack).await;
    let reply = alex.post("/api/reports", json!({"kind": "tasks", "format": "csv", "project": "WEB"})).await;
    assert_eq!(reply.header("etag"), "\"1\"");
    let asked = reply.ok(201);
    assert_eq!((&asked["state"], &asked["progress"], &asked["subject"]), (&json!("queued"), &json!(0), &json!("WEB")));
    assert!(asked["file_name"].as_str().expect("a name").starts_with("WEB-tasks-"), "{asked}");
    assert_eq!((&asked["rows"], &asked["size"], &asked["reason"]), (&Value::Null, &Value::Null, &Value::Null));
    assert_eq!(report(&alex, &asked).await, asked);
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let (alex, _) = with_tasks(Stack::shared()).await;
    for (request, fields) in [
        (json!({"kind": "tasks", "format": "csv"}), &["project"][..]),
        (json!({"kind": "sprint", "format": "csv"}), &["sprint"]),
        (json!({"kind": "flow", "format": "csv"}), &["board_id"]),
        (json!({"kind": "velocity", "format": "csv", "project": "WEB", "to": "2026-01-01"}), &["to"]),
        (json!({"kind": "tasks", "format": "csv", "project": "WEB", "sprint": "WEB.s4fJq8sNcX0aZ"}), &["sprint"]),
        (json!({"kind": "time", "format": "csv", "project": "WEB", "user": alex.id}), &["project"]),
        (json!({"kind": "gantt", "format": "csv"}), &["kind"]),
        (json!({"kind": "time", "format": "docx"}), &["format"]),
        (json!({"kind": "time", "format": "csv", "from": "2026-02-30"}), &["from"]),
    ] {
        alex.post("/api/reports", request).await.invalid(fields);
    }
}

#[tokio::test]
async fn reports_require_access_to_their_subject() {
    let stack = Stack::shared();
    let (alex, board) = with_tasks(stack).await;
    let sprint = sprint(&alex).await;
    let requests = [
        json!({"kind": "tasks", "format": "csv", "project": "WEB"}),
        json!({"kind": "velocity", "format": "pdf", "project": "WEB"}),
        json!({"kind": "project", "format": "xlsx", "project": "WEB"}),
        json!({"kind": "time", "format": "xlsx", "project": "WEB"}),
        json!({"kind": "sprint", "format": "csv", "sprint": sprint}),
        json!({"kind": "flow", "format": "csv", "board_id": board.id}),
        json!({"kind": "time", "format": "csv", "user": alex.id}),
    ];
    let gus = alex.invite("Gus", "guest", &[]).await;
    let eve = stack.person("Eve").await;
    for request in requests {
        gus.post("/api/reports", request.clone()).await.problem(403);
        eve.post("/api/reports", request).await.problem(404);
    }
}

#[tokio::test]
async fn time_reports_of_others_require_a_manager() {
    let (alex, _) = with_tasks(Stack::shared()).await;
    let sam = alex.invite("Sam", "member", &[("WEB", "developer")]).await;
    let mia = alex.invite("Mia", "member", &[("WEB", "manager")]).await;
    let of_sam = json!({"kind": "time", "format": "csv", "user": sam.id});
    let of_web = json!({"kind": "time", "format": "csv", "project": "WEB"});
    for (person, request, status) in [
        (&sam, json!({"kind": "time", "format": "csv", "user": mia.id}), 403),
        (&sam, of_web.clone(), 403),
        (&sam, of_sam.clone(), 201),
        (&mia, of_sam, 201),
        (&mia, of_web, 201),
    ] {
        let reply = person.post("/api/reports", request).await;
        assert_eq!(reply.status, status, "{}", reply.text);
    }
}

#[tokio::test]
async fn an_idempotency_key_requests_one_report() {
    let (alex, _) = with_tasks(Stack::shared()).await;
    let request = json!({"kind": "tasks", "format": "csv", "project": "WEB"});
    let twice = || {
        let sent = alex.request("POST", "/api/reports").header("idempotency-key", "one").json(&request);
        Reply::of(sent)
    };
    let (first, second) = (twice().await.ok(201), twice().await.ok(201));
    assert_eq!(first["id"], second["id"]);
    let listed = alex.get("/api/reports").await.ok(200);
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1), "{listed}");
    assert_ne!(ask(&alex, request).await["id"], first["id"]);
}
