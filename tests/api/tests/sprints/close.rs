use crate::{close, id, keys, plan, sprint, sprint_of, start, task, tasks};
use axum::{body::Body, http::Request};
use futures::{future::join_all, poll};
use millrace_api_tests::{Board, Person, Stack};
use serde_json::{Value, json};
use std::{pin::pin, task::Poll};
use tower::ServiceExt;

/// A running sprint with a task of 3 points that is done, and one of 5 that is not.
async fn half_done<'stack>(stack: &'stack Stack) -> (Person<'stack>, Board, Value, [String; 2]) {
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let planned = sprint(&alex, "Sprint 1").await;
    let (three, five) = (task(&alex, 3).await, task(&alex, 5).await);
    plan(&alex, &planned, &[&three, &five], &[]).await;
    let running = start(&alex, &planned).await;
    alex.move_task(&board, &three, 0, 4).await.ok(200);
    (alex, board, running, [three, five])
}

#[tokio::test]
async fn unfinished_tasks_return_to_the_backlog() {
    let (alex, board, running, [three, five]) = half_done(Stack::shared()).await;
    let report = close(&alex, &running, "backlog").await;
    assert_eq!((&report["committed_points"], &report["velocity"]), (&json!(8), &json!(3)));
    assert_eq!((keys(&report["completed"]), keys(&report["carried_over"])), (vec![&*three], vec![&*five]));
    assert_eq!((&report["unfinished_to"], &report["drift"]), (&Value::Null, &json!([])));
    assert_eq!((sprint_of(&alex, &three).await, sprint_of(&alex, &five).await), (running["id"].clone(), Value::Null));
    let closed = alex.get(&format!("/api/sprints/{}", id(&running))).await.ok(200);
    assert_eq!((&closed["state"], &closed["completed_points"]), (&json!("closed"), &json!(3)));
    let events = alex.get(&format!("/api/boards/{}/events?limit=2", board.id)).await.ok(200);
    let kinds: Vec<_> = events["items"].as_array().expect("events").iter().map(|event| &event["type"]).collect();
    assert!(kinds.contains(&&json!("sprint.closed")) && kinds.contains(&&json!("task.updated")), "{kinds:?}");
}

#[tokio::test]
async fn any_number_of_unfinished_tasks_moves_to_the_next_sprint() {
    let (alex, _, running, _) = half_done(Stack::shared()).await;
    let next = sprint(&alex, "Sprint 2").await;
    let more = tasks(&alex, 60).await;
    let more: Vec<&str> = more.iter().map(String::as_str).collect();
    plan(&alex, &running, &more, &[]).await;
    let report = close(&alex, &running, id(&next)).await;
    assert_eq!((&report["added_points"], &report["carried_over_points"]), (&json!(60), &json!(65)));
    assert_eq!(report["unfinished_to"], next["id"]);
    let carried = alex.get(&format!("/api/projects/WEB/tasks?limit=100&sprint={}", id(&next))).await.ok(200);
    assert_eq!(carried["items"].as_array().map(Vec::len), Some(61));
    assert_eq!(start(&alex, &next).await["committed_points"], 65);
}

#[tokio::test]
async fn concurrent_closes_return_one_report() {
    let (alex, _, running, _) = half_done(Stack::shared()).await;
    let next = sprint(&alex, "Sprint 2").await;
    let path = format!("/api/sprints/{}/close", id(&running));
    let closes = (0..6).map(|number| {
        let unfinished = if number % 2 == 0 { json!("backlog") } else { next["id"].clone() };
        alex.post(&path, json!({"unfinished": unfinished}))
    });
    let replies = join_all(closes).await;
    let kept = alex.get(&format!("/api/sprints/{}/report", id(&running))).await.ok(200);
    let mut same = 0;
    for reply in replies {
        if reply.status == 200 {
            assert_eq!(reply.body, kept);
            same += 1;
        } else {
            assert_eq!(reply.problem(409)["current"], kept);
        }
    }
    assert_eq!(same, 3, "whoever wanted what happened has the same answer");
}

/// Closes a sprint, and lets the function die after so many steps of its work. Whether it was done by then.
async fn dies_after(person: &Person<'_>, sprint: &Value, steps: usize) -> bool {
    let request = Request::post(format!("/api/sprints/{}/close", id(sprint)))
        .header("authorization", format!("Bearer {}", person.token))
        .header("content-type", "application/json")
        .body(Body::from(json!({"unfinished": "backlog"}).to_string()))
        .expect("a request");
    let mut call = pin!(person.stack.server.router().oneshot(request));
    for _ in 0..steps {
        if let Poll::Ready(answer) = poll!(&mut call) {
            assert_eq!(answer.expect("answers").status(), 200);
            return true;
        }
        tokio::task::yield_now().await;
    }
    false
}

#[tokio::test]
async fn an_interrupted_close_resumes() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let keys = tasks(&alex, 45).await;
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let (mut steps, mut broken_off) = (1, 0);
    loop {
        let planned = sprint(&alex, &format!("Sprint of {steps} steps")).await;
        plan(&alex, &planned, &keys, &[]).await;
        let running = start(&alex, &planned).await;
        let done = dies_after(&alex, &running, steps).await;
        let path = format!("/api/sprints/{}", id(&running));
        let closed = alex.get(&path).await.ok(200)["state"] == "closed";
        let left = alex.get(&format!("/api/projects/WEB/tasks?limit=1&sprint={}", id(&running))).await.ok(200);
        let some_left = left["items"].as_array().is_some_and(|items| !items.is_empty());
        broken_off += usize::from(closed && some_left);
        if closed && broken_off % 2 == 1 {
            stack.call("POST", "/_local/jobs/jobs-sprint-snapshot", None).await.ok(200);
        }
        let report = close(&alex, &running, "backlog").await;
        assert_eq!(report["carried_over"].as_array().map(Vec::len), Some(45));
        let left = alex.get(&format!("/api/projects/WEB/tasks?limit=1&sprint={}", id(&running))).await.ok(200);
        assert_eq!(left["items"], json!([]), "after {steps} steps");
        if done {
            break;
        }
        steps = steps * 3 / 2 + 1;
    }
    assert!(broken_off > 0, "no run died between the report and the last task");
}

#[tokio::test]
async fn later_changes_do_not_affect_the_report() {
    let (alex, board, running, [three, five]) = half_done(Stack::shared()).await;
    let report = close(&alex, &running, "backlog").await;
    let burndown = alex.get(&format!("/api/sprints/{}/burndown", id(&running))).await.ok(200);
    alex.move_task(&board, &three, 4, 1).await.ok(200);
    alex.patch(&format!("/api/tasks/{three}"), json!({"story_points": 13})).await.ok(200);
    alex.patch(&format!("/api/tasks/{three}"), json!({"sprint_id": null, "title": "Another"})).await.ok(200);
    alex.delete(&format!("/api/tasks/{five}")).await.ok(204);
    let zone = json!({
        "time_zone": "Pacific/Auckland", "working_days": ["sunday"], "day_begins": "09:00", "day_ends": "10:00",
    });
    alex.put(&format!("/api/workspaces/{}/calendar", alex.workspace), zone).await.ok(200);
    assert_eq!(alex.get(&format!("/api/sprints/{}/report", id(&running))).await.ok(200), report);
    assert_eq!(alex.get(&format!("/api/sprints/{}/burndown", id(&running))).await.ok(200), burndown);
    assert_eq!(close(&alex, &running, "backlog").await, report);
}

#[tokio::test]
async fn closing_a_sprint_that_is_not_running_is_refused() {
    let (alex, _, running, [_, five]) = half_done(Stack::shared()).await;
    alex.project("OPS").await;
    let foreign = json!({"name": "Elsewhere", "start_date": "2027-01-01", "end_date": "2027-01-02"});
    let foreign = alex.post("/api/projects/OPS/sprints", foreign).await.ok(201);
    let path = format!("/api/sprints/{}/close", id(&running));
    for wrong in [foreign["id"].clone(), running["id"].clone(), json!("WEB.s4fJq8sNcX0aZ"), json!("later")] {
        alex.post(&path, json!({"unfinished": wrong})).await.invalid(&["unfinished"]);
    }
    assert_eq!(sprint_of(&alex, &five).await, running["id"]);
    let planned = sprint(&alex, "Sprint 2").await;
    alex.post(&format!("/api/sprints/{}/close", id(&planned)), json!({})).await.problem(409);
    alex.post("/api/sprints/WEB.s4fJq8sNcX0aZ/close", json!({})).await.problem(404);
}

#[tokio::test]
async fn the_report_of_a_running_sprint_shows_its_current_state() {
    let (alex, _, running, [three, five]) = half_done(Stack::shared()).await;
    let two = task(&alex, 2).await;
    plan(&alex, &running, &[&two], &[&five]).await;
    let report = alex.get(&format!("/api/sprints/{}/report", id(&running))).await.ok(200);
    assert_eq!((keys(&report["completed"]), keys(&report["carried_over"])), (vec![&*three], vec![&*two]));
    assert_eq!((keys(&report["added"]), keys(&report["removed"])), (vec![&*two], vec![&*five]));
    assert_eq!(report["closed_at"], Value::Null);
}
