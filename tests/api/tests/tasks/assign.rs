use millrace_api_tests::Stack;
use serde_json::json;

#[tokio::test]
async fn auto_assignment_picks_the_least_loaded_person() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let (ann, bob) = (
        alex.invite("Ann", "member", &[("WEB", "developer")]).await,
        alex.invite("Bob", "guest", &[("WEB", "tester")]).await,
    );
    alex.invite("Vic", "member", &[("WEB", "viewer")]).await;
    for _ in 0..5 {
        alex.task("WEB", "To be done").await;
    }
    let auto = async |task: &str| {
        let task = alex.post(&format!("/api/tasks/{task}/assign"), json!({"auto": true})).await.ok(200);
        task["assignees"][0].as_str().expect("somebody").to_owned()
    };
    // Alex, Ann and Bob have none yet: the first by name, and so on.
    assert_eq!(auto("WEB-1").await, alex.id);
    assert_eq!(auto("WEB-2").await, ann.id);
    assert_eq!(auto("WEB-3").await, bob.id);
    alex.move_task(&board, "WEB-3", 0, 4).await.ok(200);
    assert_eq!(auto("WEB-4").await, bob.id, "what is done does not count");
    let history = alex.get("/api/tasks/WEB-4/history?limit=1").await.ok(200);
    assert_eq!(history["items"][0]["type"], "task.assigned");
}

#[tokio::test]
async fn exactly_one_of_assignees_and_auto_is_required() {
    let stack = Stack::shared();
    let (alex, stranger) = (stack.person("Alex").await, stack.person("Bo").await);
    alex.project("WEB").await;
    alex.task("WEB", "To be done").await;
    let assigned = alex.post("/api/tasks/WEB-1/assign", json!({"assignees": [alex.id, alex.id]})).await.ok(200);
    assert_eq!(assigned["assignees"], json!([alex.id]));
    for (sent, field) in [
        (json!({}), "assignees"),
        (json!({"auto": false}), "assignees"),
        (json!({"auto": true, "assignees": []}), "auto"),
        (json!({"auto": "yes"}), "auto"),
        (json!({"assignees": [stranger.id]}), "assignees[0]"),
        (json!({"assignees": alex.id}), "assignees"),
    ] {
        alex.post("/api/tasks/WEB-1/assign", sent).await.invalid(&[field]);
    }
    let nobody = alex.post("/api/tasks/WEB-1/assign", json!({"assignees": []})).await.ok(200);
    assert_eq!((&nobody["assignees"], &nobody["version"]), (&json!([]), &json!(3)));
    alex.delete(&format!("/api/projects/WEB/members/{}", alex.id)).await.ok(204);
    alex.post("/api/tasks/WEB-1/assign", json!({"auto": true})).await.invalid(&["auto"]);
}
