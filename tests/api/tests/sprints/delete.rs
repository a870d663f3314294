use crate::{id, plan, sprint, sprint_of, start, tasks};
use millrace_api_tests::Stack;
use serde_json::Value;

#[tokio::test]
async fn deleting_a_sprint_returns_its_tasks_to_the_backlog() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let planned = sprint(&alex, "Sprint 1").await;
    let tasks = tasks(&alex, 40).await;
    let tasks: Vec<&str> = tasks.iter().map(String::as_str).collect();
    plan(&alex, &planned, &tasks, &[]).await;
    let path = format!("/api/sprints/{}", id(&planned));
    alex.delete(&path).await.ok(204);
    alex.get(&path).await.problem(404);
    alex.delete(&path).await.problem(404);
    for task in [tasks[0], tasks[39]] {
        assert_eq!(sprint_of(&alex, task).await, Value::Null);
    }
    let none = alex.get("/api/projects/WEB/tasks?sprint=none&limit=100").await.ok(200);
    assert_eq!(none["items"].as_array().map(Vec::len), Some(40));
}

#[tokio::test]
async fn a_started_sprint_cannot_be_deleted() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let planned = sprint(&alex, "Sprint 1").await;
    start(&alex, &planned).await;
    alex.delete(&format!("/api/sprints/{}", id(&planned))).await.problem(409);
}
