use crate::again;
use millrace_api_tests::{Board, Person, Stack};
use serde_json::{Value, json};

const IN_PROGRESS: usize = 2;
const REVIEW: usize = 3;

/// Alex, who has a project that tracks time, and Bo, a developer in it.
async fn two(stack: &Stack) -> (Person<'_>, Board, Person<'_>) {
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let project = alex.patch("/api/projects/WEB", json!({"track_time": true})).await.ok(200);
    assert_eq!(project["track_time"], true);
    let bo = alex.invite("Bo", "member", &[("WEB", "developer")]).await;
    (alex, board, bo)
}

async fn task_of(alex: &Person<'_>, assignees: Value) -> String {
    let sent = json!({"title": "A task", "assignees": assignees});
    alex.post("/api/projects/WEB/tasks", sent).await.ok(201)["key"].as_str().expect("a key").to_owned()
}

async fn step(person: &Person<'_>, board: &Board, task: &str, from: usize, to: usize) {
    again(person).await.move_task(board, task, from, to).await.ok(200);
    person.stack.idle().await;
}

/// The task that a person's timer runs on.
async fn runs_on(person: &Person<'_>) -> Value {
    again(person).await.get("/api/timer").await.ok(200)["timer"]["task"].clone()
}

async fn logs(person: &Person<'_>, task: &str) -> Vec<(Value, Value)> {
    let logs = again(person).await.get(&format!("/api/tasks/{task}/time-logs")).await.ok(200);
    let items = logs["items"].as_array().expect("items").iter();
    items.map(|log| (log["person"].clone(), log["minutes"].clone())).collect()
}

#[tokio::test]
async fn moving_to_in_progress_starts_the_assignees_timers() {
    let stack = Stack::own().await;
    let (alex, board, bo) = two(&stack).await;
    let task = task_of(&alex, json!([bo.id])).await;
    step(&alex, &board, &task, 0, IN_PROGRESS).await;
    assert_eq!(
        (runs_on(&bo).await, runs_on(&alex).await),
        (json!(task), Value::Null),
        "who moves it does not work on it"
    );
    stack.advance("PT45M").await;
    step(&alex, &board, &task, IN_PROGRESS, REVIEW).await;
    assert_eq!(runs_on(&bo).await, Value::Null);
    assert_eq!(logs(&alex, &task).await, [(json!(bo.id), json!(45))]);
    let history = again(&alex).await.get(&format!("/api/tasks/{task}/history?limit=5")).await.ok(200);
    let logged = history["items"].as_array().expect("items").iter().find(|event| event["type"] == "time.logged");
    let actor = &logged.expect("a log")["actor"];
    assert_eq!((&actor["id"], &actor["kind"]), (&json!(bo.id), &json!("system")));
}

#[tokio::test]
async fn automatic_timers_replace_each_other_and_default_to_the_mover() {
    let stack = Stack::own().await;
    let (alex, board, bo) = two(&stack).await;
    let (one, other) = (task_of(&alex, json!([])).await, task_of(&alex, json!([])).await);
    step(&bo, &board, &one, 0, IN_PROGRESS).await;
    assert_eq!(runs_on(&bo).await, json!(one));
    stack.advance("PT10M").await;
    again(&bo)
        .await
        .patch(&format!("/api/tasks/{other}"), json!({"column_id": board.columns[IN_PROGRESS]}))
        .await
        .ok(200);
    stack.idle().await;
    assert_eq!(runs_on(&bo).await, json!(other));
    assert_eq!(logs(&bo, &one).await, [(json!(bo.id), json!(10))]);
    stack.advance("PT5M").await;
    step(&alex, &board, &one, IN_PROGRESS, REVIEW).await;
    assert_eq!(runs_on(&bo).await, json!(other), "another task's end is nothing to it");
}

#[tokio::test]
async fn redelivered_moves_start_no_timer() {
    let stack = Stack::own().await;
    let (alex, board, bo) = two(&stack).await;
    let task = task_of(&alex, json!([bo.id])).await;
    step(&alex, &board, &task, 0, IN_PROGRESS).await;
    let begun = alex.get(&format!("/api/tasks/{task}/history?limit=1")).await.ok(200)["items"][0].clone();
    stack.advance("PT5M").await;
    let messages = [begun.clone(), begun.clone()];
    stack.deliver("time-track", &messages).await;
    again(&bo).await.post("/api/timer/stop", json!({})).await.ok(200);
    stack.deliver("time-track", &messages).await;
    assert_eq!(runs_on(&bo).await, Value::Null, "what a person stopped stays stopped");
    again(&bo).await.post("/api/timer/start", json!({"task": task})).await.ok(200);
    stack.advance("PT5M").await;
    step(&alex, &board, &task, IN_PROGRESS, REVIEW).await;
    let ended = again(&alex).await.get(&format!("/api/tasks/{task}/history?limit=5")).await.ok(200);
    let moved = ended["items"].as_array().expect("items").iter().find(|event| event["type"] == "task.moved").cloned();
    stack.deliver("time-track", &[moved.expect("the step")]).await;
    assert_eq!(logs(&bo, &task).await, [(json!(bo.id), json!(5)), (json!(bo.id), json!(5))]);
    stack.deliver("time-track", &[begun]).await;
    assert_eq!(runs_on(&bo).await, Value::Null, "the task has moved on");
}

#[tokio::test]
async fn automatic_timers_are_off_by_default() {
    let stack = Stack::own().await;
    let (alex, board, bo) = two(&stack).await;
    alex.patch("/api/projects/WEB", json!({"track_time": false})).await.ok(200);
    let task = task_of(&alex, json!([bo.id])).await;
    step(&alex, &board, &task, 0, IN_PROGRESS).await;
    assert_eq!(runs_on(&bo).await, Value::Null);
    alex.patch("/api/projects/WEB", json!({"track_time": "yes"})).await.invalid(&["track_time"]);
}
