use crate::{at, team};
use millrace_api_tests::Stack;
use serde_json::{Value, json};

#[tokio::test]
async fn team_members_can_be_added_and_removed() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let sam = alex.invite("Sam", "member", &[]).await;
    let eve = stack.person("Eve").await;
    let made = team(&alex, "Platform", &[]).await;
    let path = |person: &str| format!("{}/members/{person}", at(&made));
    let taken = alex.put(&path(&sam.id), json!({})).await.ok(200);
    assert_eq!(taken["members"], json!([sam.id]));
    assert_eq!(alex.put(&path(&sam.id), json!({})).await.ok(200), taken, "twice is once");
    alex.put(&path(&eve.id), json!({})).await.problem(404);
    eve.put(&path(&eve.id), json!({})).await.problem(404);
    sam.put(&path(&sam.id), json!({})).await.problem(403);
    let (own, theirs) = (path(&alex.id), path(&sam.id));
    let both = futures::join!(alex.put(&own, json!({})), alex.delete(&theirs));
    both.0.ok(200);
    both.1.ok(204);
    assert_eq!(alex.get(&at(&made)).await.ok(200)["members"], json!([alex.id]));
    alex.delete(&path(&sam.id)).await.problem(404);
}

#[tokio::test]
async fn leaving_the_workspace_leaves_its_teams() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let sam = alex.invite("Sam", "member", &[]).await;
    let led = alex.post("/api/teams", json!({"name": "Led", "lead": sam.id, "members": [alex.id]})).await.ok(201);
    let other = team(&alex, "Other", &[&sam.id]).await;
    alex.delete(&format!("/api/workspaces/{}/members/{}", alex.workspace, sam.id)).await.ok(204);
    let without = alex.get(&at(&led)).await.ok(200);
    assert_eq!((&without["members"], &without["lead"]), (&json!([alex.id]), &Value::Null));
    assert_eq!(alex.get(&at(&other)).await.ok(200)["members"], json!([]));
}
