use crate::{id, plan, sprint, start, task};
use millrace_api_tests::Stack;
use serde_json::{Value, json};

#[tokio::test]
async fn starting_a_sprint_records_the_commitment() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let planned = sprint(&alex, "Sprint 1").await;
    let (three, five) = (task(&alex, 3).await, task(&alex, 5).await);
    plan(&alex, &planned, &[&three, &five], &[]).await;
    let snapshot = async || alex.get(&format!("/api/boards/{}", board.id)).await.ok(200);
    assert_eq!(snapshot().await["sprint"], Value::Null);
    let running = start(&alex, &planned).await;
    assert_eq!((&running["state"], &running["committed_points"]), (&json!("running"), &json!(8)));
    assert_eq!(snapshot().await["sprint"], running);
    let twice = alex.post(&format!("/api/sprints/{}/start", id(&planned)), json!({})).await.problem(409);
    assert_eq!(twice["current"], running);
    let events = alex.get(&format!("/api/boards/{}/events?limit=1", board.id)).await.ok(200);
    assert_eq!(events["items"][0]["type"], "sprint.started");
    assert_eq!(events["items"][0]["data"]["sprint"], running);
}

#[tokio::test]
async fn concurrent_starts_start_a_sprint_once() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let planned = sprint(&alex, "Sprint 1").await;
    let path = format!("/api/sprints/{}/start", id(&planned));
    let (one, other) = futures::join!(alex.post(&path, json!({})), alex.post(&path, json!({})));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

#[tokio::test]
async fn a_board_shows_the_running_sprint_that_ends_first() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let (long, short) = (sprint(&alex, "Long").await, sprint(&alex, "Short").await);
    let earlier = long["start_date"].clone();
    alex.patch(&format!("/api/sprints/{}", id(&short)), json!({"end_date": earlier})).await.ok(200);
    start(&alex, &long).await;
    let short = start(&alex, &short).await;
    assert_eq!(alex.get(&format!("/api/boards/{}", board.id)).await.ok(200)["sprint"], short);
}

#[tokio::test]
async fn a_sprint_past_its_end_cannot_be_started() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let past = json!({"name": "Past", "start_date": "2020-01-01", "end_date": "2020-01-10"});
    let past = alex.post("/api/projects/WEB/sprints", past).await.ok(201);
    alex.post(&format!("/api/sprints/{}/start", id(&past)), json!({})).await.invalid(&["end_date"]);
}
