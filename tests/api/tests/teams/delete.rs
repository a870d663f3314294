use crate::{at, team};
use millrace_api_tests::Stack;
use serde_json::json;

#[tokio::test]
async fn deleting_a_team_frees_its_name() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let made = team(&alex, "Platform", &[&alex.id]).await;
    alex.delete(&at(&made)).await.ok(204);
    alex.get(&at(&made)).await.problem(404);
    alex.delete(&at(&made)).await.problem(404);
    assert_eq!(alex.get("/api/teams").await.ok(200)["items"], json!([]));
    team(&alex, "platform", &[]).await;
}
