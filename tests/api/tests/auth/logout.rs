use crate::{forgets_cookie, refresh};
use millrace_api_tests::Stack;
use serde_json::json;

#[tokio::test]
async fn signing_out_ends_only_this_session() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let elsewhere = crate::login(stack, &alex.email, millrace_api_tests::PASSWORD).await.refresh_cookie();
    let reply = alex.post("/api/auth/logout", json!({})).await;
    assert!(reply.status == 204 && forgets_cookie(&reply), "{reply:?}");
    refresh(stack, &alex.refresh).await.problem(401);
    refresh(stack, &elsewhere).await.ok(200);
    // Once more does no harm.
    assert_eq!(alex.post("/api/auth/logout", json!({})).await.status, 204);
    stack.call("POST", "/api/auth/logout", None).await.problem(401);
}
