use crate::path;
use futures::future::join_all;
use millrace_api_tests::{PASSWORD, Reply, Stack, unique};
use serde_json::{Value, json};

#[tokio::test]
async fn omitted_workspace_fields_stay_and_null_clears() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let before = alex.get(&path(&alex, "")).await.ok(200);
    let logo = json!({"logo_url": "https://example.com/logo.svg"});
    let reply = alex.patch(&path(&alex, ""), logo.clone()).await;
    assert_eq!(reply.header("etag"), "\"2\"");
    let changed = reply.ok(200);
    assert_eq!((&changed["logo_url"], &changed["name"]), (&logo["logo_url"], &before["name"]));
    let named = alex.patch(&path(&alex, ""), json!({"name": "Acme"})).await.ok(200);
    assert_eq!((&named["logo_url"], &named["name"]), (&logo["logo_url"], &json!("Acme")));
    let cleared = alex.patch(&path(&alex, ""), json!({"logo_url": null})).await.ok(200);
    assert_eq!((&cleared["logo_url"], &cleared["version"]), (&Value::Null, &json!(4)));
    // Nothing to change is no write.
    assert_eq!(alex.patch(&path(&alex, ""), json!({"name": "Acme"})).await.ok(200)["version"], 4);
    assert_eq!(alex.get(&path(&alex, "")).await.ok(200), cleared);
}

#[tokio::test]
async fn a_new_slug_frees_the_old_one() {
    let stack = Stack::shared();
    let (alex, sam) = (stack.person("Alex").await, stack.person("Sam").await);
    let old = alex.get(&path(&alex, "")).await.ok(200)["slug"].as_str().expect("a slug").to_owned();
    let new = unique("renamed-");
    alex.patch(&path(&alex, ""), json!({"slug": new})).await.ok(200);
    stack.call("GET", &format!("/api/tenants/{old}"), None).await.problem(404);
    stack.call("GET", &format!("/api/tenants/{new}"), None).await.ok(200);
    let problem = sam.patch(&path(&sam, ""), json!({"slug": new})).await.problem(409);
    assert_eq!(problem["current"]["field"], "slug");
    sam.patch(&path(&sam, ""), json!({"slug": old})).await.ok(200);
    let begin = json!({"email": sam.email, "password": PASSWORD, "workspace": old});
    stack.call("POST", "/api/auth/login", Some(begin)).await.ok(200);
}

#[tokio::test]
async fn concurrent_renames_to_one_slug_succeed_once() {
    let stack = Stack::shared();
    let people = join_all((0..4).map(|_| stack.person("Alex"))).await;
    let slug = unique("contested-");
    let paths: Vec<String> = people.iter().map(|person| path(person, "")).collect();
    let racers = people.iter().zip(&paths).map(|(person, path)| person.patch(path, json!({"slug": slug})));
    let replies = join_all(racers).await;
    let mut statuses: Vec<u16> = replies.iter().map(|reply| reply.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409]);
}

#[tokio::test]
async fn a_stale_version_is_refused_with_the_current_state() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let current = alex.patch(&path(&alex, ""), json!({"name": "Acme"})).await.ok(200);
    let write = |tag: &'static str| {
        let request = alex.request("PATCH", &path(&alex, "")).header("if-match", tag);
        Reply::of(request.json(&json!({"name": "Other"})))
    };
    assert_eq!(write("\"1\"").await.problem(412)["current"], current);
    write("\"2\"").await.ok(200);
    write("nonsense").await.invalid(&["If-Match"]);
}

#[tokio::test]
async fn changing_a_workspace_requires_an_admin() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    for (role, status) in [("admin", 200), ("member", 403), ("guest", 403)] {
        let person = owner.invite("Sam", role, &[]).await;
        let reply = person.patch(&path(&person, ""), json!({"name": role})).await;
        assert_eq!(reply.status, status, "{role}: {}", reply.text);
    }
    let stranger = stack.person("Sam").await;
    stranger.get(&path(&owner, "")).await.problem(404);
    stranger.patch(&path(&owner, ""), json!({"name": "Mine"})).await.problem(404);
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let cases: &[(Value, &str)] = &[
        (json!({"name": null}), "name"),
        (json!({"name": ""}), "name"),
        (json!({"slug": null}), "slug"),
        (json!({"slug": "No"}), "slug"),
        (json!({"slug": "admin"}), "slug"),
        (json!({"logo_url": "http://example.com/logo.svg"}), "logo_url"),
        (json!({"logo_url": "javascript:alert(1)"}), "logo_url"),
        (json!({"role": "owner"}), "role"),
    ];
    for (body, field) in cases {
        alex.patch(&path(&alex, ""), body.clone()).await.invalid(&[field]);
    }
}
