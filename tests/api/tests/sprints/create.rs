use crate::{id, sprint};
use millrace_api_tests::Stack;
use serde_json::{Value, json};

#[tokio::test]
async fn a_created_sprint_is_listed() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let planned = sprint(&alex, "Sprint 1").await;
    assert_eq!((&planned["state"], &planned["capacity"]), (&json!("planned"), &json!(20)));
    assert_eq!((&planned["goal"], &planned["committed_points"]), (&json!("Ship it"), &Value::Null));
    let found = alex.get(&format!("/api/sprints/{}", id(&planned))).await;
    assert_eq!(found.header("etag"), "\"1\"");
    assert_eq!(found.ok(200), planned);
    let least = json!({"name": "Sprint 2", "start_date": "2020-01-01", "end_date": "2020-01-01"});
    let earlier = alex.post("/api/projects/WEB/sprints", least).await.ok(201);
    assert_eq!((&earlier["goal"], &earlier["capacity"]), (&json!(""), &Value::Null));
    let list = alex.get("/api/projects/WEB/sprints").await.ok(200);
    assert_eq!(list["items"], json!([earlier, planned]));
    let events = alex.get("/api/projects/WEB/boards").await.ok(200);
    let board = events["items"][0]["id"].as_str().expect("a board").to_owned();
    let events = alex.get(&format!("/api/boards/{board}/events?limit=1")).await.ok(200);
    assert_eq!(events["items"][0]["type"], "sprint.updated");
    assert_eq!(events["items"][0]["data"]["sprint"], earlier);
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let good = json!({"name": "Sprint", "start_date": "2027-01-04", "end_date": "2027-01-15"});
    for (field, value) in [
        ("end_date", json!("2027-01-03")),
        ("end_date", json!("2028-01-05")),
        ("end_date", json!("someday")),
        ("start_date", json!("2027-02-30")),
        ("start_date", Value::Null),
        ("capacity", json!(-1)),
        ("capacity", json!(100_001)),
        ("capacity", json!(1.5)),
        ("name", json!(" ")),
        ("state", json!("running")),
    ] {
        let mut wrong = good.clone();
        wrong[field] = value.clone();
        alex.post("/api/projects/WEB/sprints", wrong).await.invalid(&[field]);
    }
    let list = alex.get("/api/projects/WEB/sprints").await.ok(200);
    assert_eq!(list["items"], json!([]));
    alex.post("/api/projects/NONE/sprints", good).await.problem(404);
    for path in ["/api/sprints/WEB.s4fJq8sNcX0aZ", "/api/sprints/NONE.s4fJq8sNcX0aZ", "/api/sprints/sprint"] {
        alex.get(path).await.problem(404);
    }
}

#[tokio::test]
async fn an_idempotency_key_creates_one_sprint() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let good = json!({"name": "Sprint", "start_date": "2027-01-04", "end_date": "2027-01-15"});
    let send = || {
        let request = alex.request("POST", "/api/projects/WEB/sprints").header("Idempotency-Key", "once-and-only");
        millrace_api_tests::Reply::of(request.json(&good))
    };
    let first = send().await.ok(201);
    assert_eq!(send().await.ok(201), first);
    assert_eq!(alex.get("/api/projects/WEB/sprints").await.ok(200)["items"], json!([first]));
}
