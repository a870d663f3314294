use millrace_api_tests::{Reply, Stack};
use serde_json::{Value, json};

#[tokio::test]
async fn people_change_their_own_name_and_admins_any() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    let guest = owner.invite("Gus", "guest", &[]).await;
    let member = owner.invite("Max", "member", &[]).await;
    let at = |id: &str| format!("/api/users/{id}");
    let reply = guest.put(&at(&guest.id), json!({"name": "Gustav"})).await;
    assert_eq!(reply.header("etag"), "\"2\"");
    assert_eq!(reply.ok(200)["name"], "Gustav");
    // The account keeps its own.
    assert_eq!(guest.get("/api/users/me").await.ok(200)["name"], "Gus");
    guest.put(&at(&member.id), json!({"name": "Mine"})).await.problem(403);
    member.put(&at(&guest.id), json!({"name": "Mine"})).await.problem(403);
    let renamed = owner.put(&at(&member.id), json!({"name": "Maxine", "role": "admin"})).await.ok(200);
    assert_eq!(
        (&renamed["name"], &renamed["role"], &renamed["version"]),
        (&json!("Maxine"), &json!("admin"), &json!(2))
    );
    // Nothing to change is no write.
    assert_eq!(owner.put(&at(&member.id), json!({"name": "Maxine"})).await.ok(200)["version"], 2);
    let request = owner.request("PUT", &at(&member.id)).header("if-match", "\"1\"").json(&json!({"name": "Max"}));
    assert_eq!(Reply::of(request).await.problem(412)["current"]["name"], "Maxine");
}

#[tokio::test]
async fn people_cannot_raise_their_own_role() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    let at = |id: &str| format!("/api/users/{id}");
    for (role, more) in [("guest", "member"), ("member", "admin"), ("admin", "owner")] {
        let person = owner.invite("Sam", role, &[]).await;
        person.put(&at(&person.id), json!({"name": "Sam", "role": more})).await.problem(403);
        assert_eq!(owner.get(&at(&person.id)).await.ok(200)["role"], role);
    }
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let cases: &[(Value, &str)] = &[
        (json!({}), "name"),
        (json!({"name": ""}), "name"),
        (json!({"name": "Alex", "role": "king"}), "role"),
        (json!({"name": "Alex", "email": "other@example.com"}), "email"),
    ];
    for (body, field) in cases {
        alex.put(&format!("/api/users/{}", alex.id), body.clone()).await.invalid(&[field]);
    }
}
