use crate::{close, id, plan, sprint, sprint_of, start, task, tasks};
use millrace_api_tests::Stack;
use serde_json::{Value, json};

#[tokio::test]
async fn tasks_can_be_added_and_removed() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let (first, second) = (sprint(&alex, "Sprint 1").await, sprint(&alex, "Sprint 2").await);
    let (three, five) = (task(&alex, 3).await, task(&alex, 5).await);
    let moved = plan(&alex, &first, &[&three, &five], &[]).await;
    assert_eq!(moved["tasks"].as_array().map(Vec::len), Some(2));
    assert_eq!(sprint_of(&alex, &three).await, first["id"]);
    let events = alex.get(&format!("/api/boards/{}/events?limit=2", board.id)).await.ok(200);
    let (one, other) = (&events["items"][0], &events["items"][1]);
    assert_eq!(one["changes"], json!([{"field": "sprint_id", "from": null, "to": first["id"]}]));
    assert!(one["batch"].is_string() && one["batch"] == other["batch"]);
    let again = plan(&alex, &first, &[&three, &three], &[]).await;
    assert_eq!(again["tasks"], json!([]), "it is in there already");
    plan(&alex, &second, &[&three], &[]).await;
    assert_eq!(sprint_of(&alex, &three).await, second["id"]);
    plan(&alex, &first, &[], &[&three, &five]).await;
    assert_eq!(sprint_of(&alex, &three).await, second["id"], "it was not in the first one any more");
    assert_eq!(sprint_of(&alex, &five).await, Value::Null);
    let shown = alex.get(&format!("/api/projects/WEB/tasks?sprint={}", id(&second))).await.ok(200);
    assert_eq!(shown["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_hundred_tasks_can_be_added_in_one_call() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let planned = sprint(&alex, "Sprint 1").await;
    let keys = tasks(&alex, 101).await;
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let path = format!("/api/sprints/{}/tasks", id(&planned));
    alex.put(&path, json!({"add": keys})).await.invalid(&["add"]);
    let moved = plan(&alex, &planned, &keys[..100], &[]).await;
    assert_eq!(moved["tasks"].as_array().map(Vec::len), Some(100));
    assert_eq!(start(&alex, &planned).await["committed_points"], 100);
}

#[tokio::test]
async fn tasks_of_other_projects_are_refused_by_key() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    alex.project("OPS").await;
    let other = alex.task("OPS", "Elsewhere").await;
    let planned = sprint(&alex, "Sprint 1").await;
    let three = task(&alex, 3).await;
    let path = format!("/api/sprints/{}/tasks", id(&planned));
    alex.put(&path, json!({"add": [three, other, "WEB-99"]})).await.invalid(&["add[1]", "add[2]"]);
    alex.put(&path, json!({"remove": [other]})).await.invalid(&["remove[0]"]);
    alex.put(&path, json!({"add": [three], "remove": [three]})).await.invalid(&["remove[0]"]);
    assert_eq!(sprint_of(&alex, &three).await, Value::Null);
    alex.put("/api/sprints/WEB.s4fJq8sNcX0aZ/tasks", json!({"add": [three]})).await.problem(404);
    start(&alex, &planned).await;
    close(&alex, &planned, "backlog").await;
    alex.put(&path, json!({"add": [three]})).await.problem(409);
}

#[tokio::test]
async fn patching_sprint_id_plans_a_task() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    alex.project("OPS").await;
    let planned = sprint(&alex, "Sprint 1").await;
    let foreign = json!({"name": "Elsewhere", "start_date": "2027-01-01", "end_date": "2027-01-02"});
    let foreign = alex.post("/api/projects/OPS/sprints", foreign).await.ok(201);
    let sent = json!({"title": "Planned", "sprint_id": planned["id"], "story_points": 2});
    let made = alex.post("/api/projects/WEB/tasks", sent).await.ok(201);
    assert_eq!(made["sprint_id"], planned["id"]);
    for wrong in [foreign["id"].clone(), json!("WEB.s4fJq8sNcX0aZ"), json!("soon")] {
        alex.patch("/api/tasks/WEB-1", json!({"sprint_id": wrong})).await.invalid(&["sprint_id"]);
        let body = json!({"title": "Planned", "sprint_id": wrong});
        alex.post("/api/projects/WEB/tasks", body.clone()).await.invalid(&["sprint_id"]);
        alex.put("/api/tasks/WEB-1", body).await.invalid(&["sprint_id"]);
    }
    let out = alex.patch("/api/tasks/WEB-1", json!({"sprint_id": null})).await.ok(200);
    assert_eq!(out["sprint_id"], Value::Null);
    let body = json!({"title": "Planned", "sprint_id": planned["id"], "story_points": 2});
    assert_eq!(alex.put("/api/tasks/WEB-1", body).await.ok(200)["sprint_id"], planned["id"]);
    assert_eq!(alex.put("/api/tasks/WEB-1", json!({"title": "Planned"})).await.ok(200)["sprint_id"], Value::Null);
    start(&alex, &planned).await;
    close(&alex, &planned, "backlog").await;
    alex.patch("/api/tasks/WEB-1", json!({"sprint_id": planned["id"]})).await.invalid(&["sprint_id"]);
}
