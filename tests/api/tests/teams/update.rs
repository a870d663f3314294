use crate::{at, team};
use millrace_api_tests::{Reply, Stack};
use serde_json::{Value, json};

#[tokio::test]
async fn a_team_can_be_changed() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let sam = alex.invite("Sam", "member", &[]).await;
    let made = team(&alex, "Platform", &[&alex.id]).await;
    let led = alex.patch(&at(&made), json!({"name": "Core", "lead": sam.id})).await.ok(200);
    assert_eq!((&led["members"], &led["lead"]), (&json!([alex.id, sam.id]), &json!(sam.id)));
    assert_eq!((&led["name"], &led["version"]), (&json!("Core"), &json!(2)));
    team(&alex, "Platform", &[]).await;
    alex.patch(&at(&made), json!({"name": "platform"})).await.problem(409);
    let without = alex.patch(&at(&made), json!({"members": [alex.id], "description": "All of it"})).await.ok(200);
    assert_eq!((&without["lead"], &without["description"]), (&Value::Null, &json!("All of it")));
    assert_eq!(alex.patch(&at(&made), json!({"members": [alex.id]})).await.ok(200)["version"], 3);
    let stale = alex.request("PATCH", &at(&made)).header("if-match", "\"1\"").json(&json!({"name": "Old"}));
    assert_eq!(Reply::of(stale).await.problem(412)["current"], without);
    sam.patch(&at(&made), json!({"name": "Mine"})).await.problem(403);
    alex.patch(&at(&made), json!({"members": [stack.person("Eve").await.id]})).await.invalid(&["members[0]"]);
}
