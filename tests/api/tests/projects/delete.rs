use millrace_api_tests::Stack;
use serde_json::json;

#[tokio::test]
async fn a_deleted_project_is_invisible() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let manager = alex.invite("Mae", "member", &[("WEB", "manager")]).await;
    alex.task("WEB", "A task").await;
    manager.delete("/api/projects/WEB").await.problem(403);
    alex.delete("/api/projects/WEB").await.ok(204);
    for path in [
        "/api/projects/WEB",
        "/api/projects/WEB/boards",
        "/api/projects/WEB/members",
        "/api/projects/WEB/labels",
        "/api/projects/WEB/tasks",
        "/api/tasks/WEB-1",
        &format!("/api/boards/{}", board.id),
        &format!("/api/boards/{}/events", board.id),
    ] {
        alex.get(path).await.problem(404);
    }
    alex.delete("/api/projects/WEB").await.problem(404);
    alex.patch("/api/tasks/WEB-1", json!({"title": "B"})).await.problem(404);
    assert_eq!(alex.get("/api/projects").await.ok(200)["items"], json!([]));
    assert_eq!(alex.get("/api/tasks").await.ok(200)["items"], json!([]));
}
