use millrace_api_tests::{Reply, Stack};
use serde_json::json;

#[tokio::test]
async fn an_admin_changes_name_and_description() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let manager = alex.invite("Mae", "member", &[("WEB", "manager")]).await;
    manager.patch("/api/projects/WEB", json!({"name": "B"})).await.problem(403);
    let changed = alex.patch("/api/projects/WEB", json!({"name": "B", "description": "Now with words"})).await.ok(200);
    assert_eq!(
        (&changed["name"], &changed["description"], &changed["version"]),
        (&json!("B"), &json!("Now with words"), &json!(2))
    );
    let cleared = alex.patch("/api/projects/WEB", json!({"description": null})).await.ok(200);
    assert_eq!((&cleared["description"], &cleared["version"]), (&json!(""), &json!(3)));
    assert_eq!(alex.patch("/api/projects/WEB", json!({"name": "B"})).await.ok(200), cleared, "nothing changed");
    let events = alex.get(&format!("/api/boards/{}/events?limit=1", board.id)).await.ok(200);
    assert_eq!(events["items"][0]["changes"], json!([{"field": "description", "from": "Now with words", "to": ""}]));
    assert!(events["items"][0]["data"]["project"].get("role").is_none());
    let request = alex.request("PATCH", "/api/projects/WEB").header("If-Match", "\"2\"").json(&json!({"name": "C"}));
    assert_eq!(Reply::of(request).await.problem(412)["current"], cleared);
    for (sent, field) in
        [(json!({"name": null}), "name"), (json!({"name": " "}), "name"), (json!({"key": "APP"}), "key")]
    {
        alex.patch("/api/projects/WEB", sent).await.invalid(&[field]);
    }
}
