use millrace_api_tests::Stack;
use serde_json::{Value, json};

#[tokio::test]
async fn a_task_is_read_with_all_of_its_fields_and_its_version() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let made = alex.post("/api/projects/WEB/tasks", json!({"title": "Read me", "description": "All of *it*"})).await;
    let made = made.ok(201);
    let reply = alex.get("/api/tasks/WEB-1").await;
    assert_eq!(reply.header("etag"), "\"1\"");
    assert_eq!(reply.ok(200), made);
    assert_eq!((&made["column_id"], &made["status"]), (&json!(board.columns[0]), &json!("backlog")));
    for empty in ["assignees", "labels"] {
        assert_eq!(made[empty], json!([]), "{empty}");
    }
    for absent in ["story_points", "due_date", "sprint_id", "parent", "closed_at"] {
        assert_eq!(made.get(absent), Some(&Value::Null), "{absent} is there, and empty");
    }
    alex.patch("/api/tasks/WEB-1", json!({"title": "Read me again"})).await.ok(200);
    let reply = alex.get("/api/tasks/WEB-1").await;
    assert_eq!(reply.header("etag"), "\"2\"");
    assert_eq!(reply.ok(200)["title"], "Read me again");
}

#[tokio::test]
async fn a_key_is_read_in_whatever_case_and_an_archived_task_still() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    alex.task("WEB", "Put away").await;
    alex.delete("/api/tasks/WEB-1").await.ok(204);
    let read = alex.get("/api/tasks/web-1").await.ok(200);
    assert_eq!((&read["key"], &read["archived"]), (&json!("WEB-1"), &json!(true)));
}

#[tokio::test]
async fn whoever_may_not_see_the_project_finds_no_task() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    alex.task("WEB", "Ours").await;
    let viewer = alex.invite("Vera", "guest", &[("WEB", "viewer")]).await;
    let stranger = alex.invite("Gus", "guest", &[]).await;
    let eve = stack.person("Eve").await;
    assert_eq!(viewer.get("/api/tasks/WEB-1").await.ok(200)["title"], "Ours");
    let hidden = stranger.get("/api/tasks/WEB-1").await.problem(404);
    let missing = stranger.get("/api/tasks/WEB-99").await.problem(404);
    assert_eq!(hidden["detail"], missing["detail"], "a refusal does not tell whether there is such a task");
    eve.get("/api/tasks/WEB-1").await.problem(404);
    alex.get("/api/tasks/WEB-99").await.problem(404);
    alex.get("/api/tasks/no-key").await.problem(404);
}
