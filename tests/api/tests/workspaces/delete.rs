use crate::{invite, path};
use millrace_api_tests::{PASSWORD, Reply, Stack, unique};
use serde_json::{Value, json};

#[tokio::test]
async fn tokens_of_a_deleted_workspace_are_invalid() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    owner.project("WEB").await;
    let admin = owner.invite("Ada", "admin", &[]).await;
    let slug = owner.get(&path(&owner, "")).await.ok(200)["slug"].as_str().expect("a slug").to_owned();
    let (_, token) = invite(&owner, &format!("{}@example.com", unique("late")), "member").await;

    admin.delete(&path(&owner, "")).await.problem(403);
    assert_eq!(owner.delete(&path(&owner, "")).await.status, 204);
    for person in [&owner, &admin] {
        person.get("/api/projects").await.problem(403);
        person.get(&path(&owner, "")).await.problem(403);
        person.get("/api/users").await.problem(403);
        person.post("/api/projects", json!({"key": "APP", "name": "App"})).await.problem(403);
        assert_eq!(person.get("/api/workspaces").await.ok(200)["items"], json!([]));
        let me = person.get("/api/users/me").await.ok(200);
        assert_eq!((&me["workspace"], &me["workspaces"]), (&Value::Null, &json!([])));
        person.post("/api/auth/switch", json!({"workspace": owner.workspace})).await.problem(404);
    }
    stack.call("GET", &format!("/api/tenants/{slug}"), None).await.problem(404);
    let accept = json!({"name": "Late", "password": PASSWORD});
    stack.call("POST", &format!("/api/invites/{token}/accept"), Some(accept)).await.problem(404);
    let login = json!({"email": owner.email, "password": PASSWORD});
    assert_eq!(stack.call("POST", "/api/auth/login", Some(login)).await.ok(200)["workspace"], Value::Null);
    // Nobody takes its place at an address that people know.
    owner.post("/api/workspaces", json!({"name": "Again", "slug": slug})).await.problem(409);
    owner.delete(&path(&owner, "")).await.problem(403);
}

#[tokio::test]
async fn a_stale_version_deletes_nothing() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    owner.patch(&path(&owner, ""), json!({"name": "Acme"})).await.ok(200);
    let request = owner.request("DELETE", &path(&owner, "")).header("if-match", "\"1\"");
    assert_eq!(Reply::of(request).await.problem(412)["current"]["name"], "Acme");
    owner.get(&path(&owner, "")).await.ok(200);
}
