use millrace_api_tests::Stack;
use serde_json::{Value, json};

#[tokio::test]
async fn put_clears_omitted_fields_and_keeps_the_position() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let sent = json!({"title": "A task", "description": "Long.", "priority": "urgent", "assignees": [alex.id],
        "story_points": 3, "estimated_hours": 1, "due_date": "2027-01-01", "metadata": {"a": 1}, "column_id": board.columns[2]});
    let before = alex.post("/api/projects/WEB/tasks", sent).await.ok(201);
    let task = alex.put("/api/tasks/WEB-1", json!({"title": "B"})).await.ok(200);
    assert_eq!((&task["title"], &task["description"], &task["priority"]), (&json!("B"), &json!(""), &json!("medium")));
    assert_eq!((&task["assignees"], &task["story_points"], &task["metadata"]), (&json!([]), &Value::Null, &json!({})));
    for field in ["column_id", "position", "reporter", "watchers", "created_at"] {
        assert_eq!(task[field], before[field], "{field}");
    }
    assert_eq!(alex.put("/api/tasks/WEB-1", json!({"title": "B"})).await.ok(200), task, "nothing changed");
    alex.put("/api/tasks/WEB-1", json!({})).await.invalid(&["title"]);
    alex.put("/api/tasks/WEB-1", json!({"title": "B", "column_id": board.columns[1]})).await.invalid(&["column_id"]);
    alex.put("/api/tasks/WEB-1", json!({"title": "B", "story_points": "many"})).await.invalid(&["story_points"]);
}
