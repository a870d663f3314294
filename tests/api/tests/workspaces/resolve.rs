use crate::path;
use millrace_api_tests::{Stack, unique};
use serde_json::json;

#[tokio::test]
async fn resolve_returns_only_public_fields() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let slug = unique("public-");
    let change = json!({"slug": slug, "name": "Acme", "logo_url": "https://example.com/logo.svg"});
    alex.patch(&path(&alex, ""), change).await.ok(200);
    let tenant = stack.call("GET", &format!("/api/tenants/{slug}"), None).await.ok(200);
    let expected = json!({
        "slug": slug, "name": "Acme", "logo_url": "https://example.com/logo.svg", "sign_in_methods": ["password"]
    });
    assert_eq!(tenant, expected);
    stack.call("GET", "/api/tenants/no-such-workspace", None).await.problem(404);
    stack.call("GET", "/api/tenants/Not%20A%20Slug", None).await.problem(404);
}
