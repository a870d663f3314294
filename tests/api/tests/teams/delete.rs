use crate::{at, team};
use millrace_api_tests::Stack;
use serde_json::json;

#[tokio::test]
async fn a_deleted_team_is_gone_and_its_name_is_free() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let made = team(&alex, "Platform", &[&alex.id]).await;
    alex.delete(&at(&made)).await.ok(204);
    alex.get(&at(&made)).await.problem(404);
    alex.delete(&at(&made)).await.problem(404);
    assert_eq!(alex.get("/api/teams").await.ok(200)["items"], json!([]));
    team(&alex, "platform", &[]).await;
}
