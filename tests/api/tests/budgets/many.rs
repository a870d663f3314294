//! Many tasks at once, and tasks that were moved.

use crate::metered::call;
use millrace_api_tests::Stack;
use serde_json::json;

#[tokio::test]
async fn a_bulk_edit_reads_once_and_writes_a_card_and_an_event_for_each_task() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let mut tasks = Vec::new();
    for project in ["WEB", "APP"] {
        alex.project(project).await;
        for number in 1..=4 {
            tasks.push(alex.task(project, &format!("Task {number}")).await);
        }
    }
    let body = json!({"tasks": tasks, "set": {"priority": "high"}});
    let (answer, cost) = call(&stack, "POST", "/api/tasks/bulk", &alex.token, "", Some(&body)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!((cost.round_trips, cost.items_written), (2, 16), "{:#?}", cost.operations);
    let (_, again) = call(&stack, "POST", "/api/tasks/bulk", &alex.token, "", Some(&body)).await;
    assert_eq!((again.round_trips, again.items_written), (1, 0), "what is so already is not written");
}

#[tokio::test]
async fn only_transferred_tasks_need_a_second_round_trip() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let app = alex.project("APP").await;
    for title in ["Stays", "Moves"] {
        alex.task("WEB", title).await;
    }
    let to = json!({"project": "APP", "board_id": app.id});
    alex.post("/api/tasks/WEB-2/transfer", to).await.ok(200);
    for (path, trips) in [
        ("/api/tasks/WEB-1", 1),
        ("/api/tasks/WEB-2", 2),
        ("/api/tasks/APP-1", 2),
        ("/api/tasks/WEB-2/comments", 2),
        ("/api/tasks/APP-1/time-logs", 2),
    ] {
        let (answer, cost) = call(&stack, "GET", path, &alex.token, "", None).await;
        assert_eq!((answer.status, cost.round_trips), (200, trips), "{path}: {:#?}", cost.operations);
    }
}
