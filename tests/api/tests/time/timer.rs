use crate::again;
use millrace_api_tests::Stack;
use serde_json::{Value, json};

#[tokio::test]
async fn a_timer_logs_whole_minutes() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let task = alex.task("WEB", "A task").await;
    alex.post("/api/timer/stop", json!({})).await.problem(409);
    assert_eq!(alex.get("/api/timer").await.ok(200)["timer"], Value::Null);
    let started = alex.post("/api/timer/start", json!({"task": task, "note": "Draft"})).await.ok(200);
    assert_eq!((&started["timer"]["task"], &started["stopped"]), (&json!(task), &Value::Null));
    stack.advance("PT12M40S").await;
    assert_eq!(alex.get("/api/timer").await.ok(200)["timer"], started["timer"]);
    let stopped = alex.post("/api/timer/stop", json!({})).await.ok(200);
    assert_eq!((&stopped["minutes"], &stopped["logs"][0]["note"]), (&json!(13), &json!("Draft")));
    assert_eq!(stopped["logs"][0]["timed"], true);
    assert_eq!(alex.get("/api/timer").await.ok(200)["timer"], Value::Null);
    let logs = alex.get(&format!("/api/tasks/{task}/time-logs")).await.ok(200);
    assert_eq!(logs["items"], stopped["logs"]);
}

#[tokio::test]
async fn short_and_discarded_timers_are_not_logged() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let task = alex.task("WEB", "A task").await;
    let alex = &alex;
    for (runs, body) in [("PT40S", json!({})), ("PT3H", json!({"discard": true}))] {
        let before = again(alex).await;
        before.post("/api/timer/start", json!({"task": task})).await.ok(200);
        stack.advance(runs).await;
        let alex = again(alex).await;
        let stopped = alex.post("/api/timer/stop", body).await.ok(200);
        assert_eq!((&stopped["minutes"], &stopped["logs"]), (&json!(0), &json!([])));
        assert!(stopped["detail"].as_str().is_some_and(|detail| detail.contains("nothing was logged")), "{stopped}");
    }
    let alex = again(alex).await;
    assert_eq!(alex.get(&format!("/api/tasks/{task}/time-logs")).await.ok(200)["items"], json!([]));
}

#[tokio::test]
async fn starting_a_timer_stops_and_logs_the_previous_one() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let (one, other) = (alex.task("WEB", "One").await, alex.task("WEB", "Other").await);
    alex.post("/api/timer/start", json!({"task": one})).await.ok(200);
    stack.advance("PT30M").await;
    let alex = again(&alex).await;
    let same = alex.post("/api/timer/start", json!({"task": one})).await.ok(200);
    assert_eq!(same["stopped"], Value::Null, "it goes on");
    let switched = alex.post("/api/timer/start", json!({"task": other})).await.ok(200);
    assert_eq!((&switched["stopped"]["task"], &switched["stopped"]["minutes"]), (&json!(one), &json!(30)));
    assert_eq!(alex.get("/api/timer").await.ok(200)["timer"]["task"], json!(other));
    assert_eq!(alex.get(&format!("/api/tasks/{one}")).await.ok(200)["actual_hours"], 0.5);
}

#[tokio::test]
async fn concurrent_starts_leave_one_timer_and_lose_no_time() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let mut tasks = Vec::new();
    for index in 0..6 {
        tasks.push(alex.task("WEB", &format!("Task {index}")).await);
    }
    alex.post("/api/timer/start", json!({"task": tasks[0]})).await.ok(200);
    stack.advance("PT1H").await;
    let alex = again(&alex).await;
    let starts = tasks[1..].iter().map(|task| alex.post("/api/timer/start", json!({"task": task})));
    let replies: Vec<Value> = futures::future::join_all(starts).await.into_iter().map(|reply| reply.ok(200)).collect();
    let running = alex.get("/api/timer").await.ok(200)["timer"]["task"].clone();
    assert!(tasks[1..].iter().any(|task| running == json!(task)), "{running}");
    let logged: u64 = replies.iter().filter_map(|reply| reply["stopped"]["minutes"].as_u64()).sum();
    assert_eq!(logged, 60, "the first one's hour is logged once: {replies:?}");
    assert_eq!(alex.get(&format!("/api/tasks/{}", tasks[0])).await.ok(200)["actual_hours"], 1.0);
}

#[tokio::test]
async fn a_timer_logs_at_most_a_day_even_on_an_archived_task() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let task = alex.task("WEB", "A task").await;
    alex.post("/api/timer/start", json!({"task": task})).await.ok(200);
    stack.advance("PT10M").await;
    alex.delete(&format!("/api/tasks/{task}")).await.ok(204);
    stack.advance("PT50H").await;
    let alex = again(&alex).await;
    let stopped = alex.post("/api/timer/stop", json!({})).await.ok(200);
    assert_eq!(stopped["minutes"], 24 * 60);
    let logs = stopped["logs"].as_array().expect("logs");
    assert!(logs.len() <= 2, "{stopped}");
    assert_eq!(alex.get(&format!("/api/tasks/{task}")).await.ok(200)["actual_hours"], 24.0);
    alex.post("/api/timer/start", json!({"task": task})).await.problem(409);
}

#[tokio::test]
async fn starting_a_timer_requires_a_developer() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let task = alex.task("WEB", "A task").await;
    let viewer = alex.invite("Vera", "guest", &[("WEB", "viewer")]).await;
    let stranger = alex.invite("Gus", "guest", &[]).await;
    let eve = stack.person("Eve").await;
    viewer.post("/api/timer/start", json!({"task": task})).await.problem(403);
    stranger.post("/api/timer/start", json!({"task": task})).await.problem(404);
    eve.post("/api/timer/start", json!({"task": task})).await.problem(404);
}
