use futures::future::join_all;
use millrace_api_tests::{Reply, Stack, unique};
use serde_json::{Value, json};

#[tokio::test]
async fn the_creator_owns_a_workspace() {
    let stack = Stack::shared();
    let robin = stack.person_without_workspace("Robin").await;
    let slug = unique("founded-");
    let reply = robin.post("/api/workspaces", json!({"name": " Acme ", "slug": slug})).await;
    assert_eq!(reply.header("etag"), "\"1\"");
    let workspace = reply.ok(201);
    assert_eq!((&workspace["name"], &workspace["slug"]), (&json!("Acme"), &json!(slug)));
    assert_eq!((&workspace["role"], &workspace["logo_url"]), (&json!("owner"), &Value::Null));
    let list = robin.get("/api/workspaces").await.ok(200);
    assert_eq!(list, json!({"items": [workspace], "next": null}));
    robin.post("/api/auth/switch", json!({"workspace": slug})).await.ok(200);
}

#[tokio::test]
async fn concurrent_creates_of_a_slug_succeed_once() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let slug = unique("wanted-");
    let body = json!({"name": "Acme", "slug": slug});
    let replies = join_all((0..5).map(|_| alex.post("/api/workspaces", body.clone()))).await;
    let won = replies.iter().filter(|reply| reply.status == 201).count();
    let lost = replies.iter().filter(|reply| reply.status == 409 && reply.body["current"]["field"] == "slug").count();
    assert_eq!((won, lost), (1, 4));
    assert_eq!(alex.get("/api/workspaces").await.ok(200)["items"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn an_idempotency_key_repeats_the_first_response() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let post = |slug: String| {
        let request = alex.request("POST", "/api/workspaces").header("idempotency-key", "once");
        Reply::of(request.json(&json!({"name": "Acme", "slug": slug})))
    };
    let slug = unique("once-");
    let (first, again) = (post(slug.clone()).await.ok(201), post(slug).await.ok(201));
    assert_eq!(first, again);
    post(unique("once-")).await.invalid(&["Idempotency-Key"]);
    assert_eq!(alex.get("/api/workspaces").await.ok(200)["items"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let cases: &[(Value, &str)] = &[
        (json!({"slug": "acme"}), "name"),
        (json!({"name": "Acme"}), "slug"),
        (json!({"name": "", "slug": "acme"}), "name"),
        (json!({"name": "Acme", "slug": "A"}), "slug"),
        (json!({"name": "Acme", "slug": "-acme"}), "slug"),
        (json!({"name": "Acme", "slug": "a".repeat(41)}), "slug"),
        (json!({"name": "Acme", "slug": "api"}), "slug"),
        (json!({"name": "Acme", "slug": "acme", "owner": "me"}), "owner"),
    ];
    for (body, field) in cases {
        alex.post("/api/workspaces", body.clone()).await.invalid(&[field]);
    }
    stack.call("POST", "/api/workspaces", Some(json!({"name": "Acme", "slug": "acme"}))).await.problem(401);
}
