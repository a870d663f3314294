use millrace_api_tests::Stack;

#[tokio::test]
async fn forged_unsubscribe_links_are_404() {
    let stack = Stack::shared();
    for token in ["x", "AAAA", "eyJ3b3Jrc3BhY2UiOiJ3c18xIn0"] {
        stack.call("POST", &format!("/api/notifications/unsubscribe/{token}"), None).await.problem(404);
    }
}
