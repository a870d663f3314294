use millrace_api_tests::Stack;
use serde_json::json;

#[tokio::test]
async fn viewers_can_watch_tasks() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    alex.task("WEB", "A task").await;
    let vera = alex.invite("Vera", "guest", &[("WEB", "viewer")]).await;
    let watched = vera.put("/api/tasks/WEB-1/watch", json!(null)).await.ok(200);
    assert_eq!(watched["watchers"], json!([alex.id, vera.id]));
    assert_eq!(vera.put("/api/tasks/WEB-1/watch", json!(null)).await.ok(200), watched, "once is enough");
    let told = alex.get("/api/tasks/WEB-1/history?limit=1").await.ok(200)["items"][0].clone();
    assert_eq!(told["changes"], json!([{"field": "watchers", "from": [alex.id], "to": [alex.id, vera.id]}]));
    let left = vera.delete("/api/tasks/WEB-1/watch").await.ok(200);
    assert_eq!(left["watchers"], json!([alex.id]));
    assert_eq!(vera.delete("/api/tasks/WEB-1/watch").await.ok(200), left);
}
