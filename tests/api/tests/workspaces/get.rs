use crate::path;
use millrace_api_tests::Stack;
use serde_json::json;

#[tokio::test]
async fn a_workspace_is_shown_with_the_role_of_whoever_asks() {
    let alex = Stack::shared().person("Alex").await;
    let reply = alex.get(&path(&alex, "")).await;
    assert_eq!(reply.header("etag"), "\"1\"");
    let workspace = reply.ok(200);
    assert_eq!((&workspace["id"], &workspace["name"]), (&json!(alex.workspace), &json!("Alex and friends")));
    assert_eq!((&workspace["role"], &workspace["version"]), (&json!("owner"), &json!(1)));
    for role in ["admin", "member"] {
        let person = alex.invite("Mia", role, &[]).await;
        let mut expected = workspace.clone();
        expected["role"] = json!(role);
        assert_eq!(person.get(&path(&alex, "")).await.ok(200), expected);
    }
}

#[tokio::test]
async fn a_guest_is_not_shown_it_and_an_outsider_does_not_find_it() {
    let stack = Stack::shared();
    let (alex, eve) = (stack.person("Alex").await, stack.person("Eve").await);
    let guest = alex.invite("Gus", "guest", &[]).await;
    guest.get(&path(&alex, "")).await.problem(403);
    let hidden = eve.get(&path(&alex, "")).await.problem(404);
    let missing = eve.get("/api/workspaces/ws_4fJq8sNcX0aZ7LtVw2Rb").await.problem(404);
    assert_eq!(hidden["detail"], missing["detail"]);
    stack.call("GET", &path(&alex, ""), None).await.problem(401);
}
