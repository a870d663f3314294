use crate::{invite, path};
use futures::future::join_all;
use millrace_api_tests::{PASSWORD, Person, Reply, Stack, unique};
use serde_json::{Value, json};

fn address(name: &str) -> String {
    format!("{}@example.com", unique(name))
}

async fn accept(stack: &Stack, token: &str, body: Value) -> Reply {
    stack.call("POST", &format!("/api/invites/{token}/accept"), Some(body)).await
}

fn somebody_new() -> Value {
    json!({"name": "Nora", "password": PASSWORD})
}

#[tokio::test]
async fn a_new_person_joins_with_a_name_and_a_password() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    owner.project("WEB").await;
    owner.project("APP").await;
    let nora = owner.invite("Nora", "guest", &[("WEB", "developer")]).await;
    assert_eq!(nora.workspace, owner.workspace);
    assert!(nora.refresh.starts_with(&format!("{}.ses_", nora.id)));
    // The mail showed that the address is theirs.
    let me = nora.get("/api/users/me").await.ok(200);
    assert_eq!((&me["email_verified"], &me["workspace"]["role"]), (&json!(true), &json!("guest")));
    let keys: Vec<Value> = nora.get("/api/projects").await.ok(200)["items"]
        .as_array()
        .map(|projects| projects.iter().map(|project| project["key"].clone()).collect())
        .unwrap_or_default();
    assert_eq!(keys, [json!("WEB")]);
    nora.post("/api/projects/WEB/tasks", json!({"title": "Mine"})).await.ok(201);
    let login = json!({"email": nora.email, "password": PASSWORD});
    stack.call("POST", "/api/auth/login", Some(login)).await.ok(200);
    // It was used up.
    assert_eq!(owner.get(&path(&owner, "/invites")).await.ok(200)["items"], json!([]));
}

#[tokio::test]
async fn a_signed_in_person_joins_with_their_account() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    let sam = stack.person("Sam").await;
    let (_, token) = invite(&owner, &sam.email, "admin").await;
    // Without a body, as browsers do.
    let reply = Reply::of(sam.request("POST", &format!("/api/invites/{token}/accept"))).await;
    assert!(reply.header("set-cookie").is_empty(), "the session and its cookie go on");
    let answer = reply.ok(200);
    assert_eq!(answer["user"]["id"], sam.id);
    assert_eq!((&answer["workspace"]["id"], &answer["workspace"]["role"]), (&json!(owner.workspace), &json!("admin")));
    assert_eq!(answer["workspaces"].as_array().map(Vec::len), Some(2));
    let mut sam: Person<'_> = sam;
    sam.token = answer["access_token"].as_str().expect("a token").to_owned();
    sam.get(&path(&owner, "/invites")).await.ok(200);
    assert_eq!(sam.get("/api/users/me").await.ok(200)["email_verified"], true);

    let (_, again) = {
        let body = json!({"email": address("other"), "role": "guest"});
        owner.post(&path(&owner, "/invites"), body.clone()).await.ok(201);
        (body.clone(), stack.mailed_token(body["email"].as_str().expect("an address"), "/invites/").await)
    };
    sam.post(&format!("/api/invites/{again}/accept"), json!({})).await.problem(403);
}

#[tokio::test]
async fn a_second_invitation_of_a_member_is_refused() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    let sam = stack.person("Sam").await;
    let (_, first) = invite(&owner, &sam.email, "member").await;
    let (_, second) = {
        let body = json!({"email": sam.email, "role": "admin"});
        let made = owner.post(&path(&owner, "/invites"), body).await.ok(201);
        stack.idle().await;
        (made, stack.mailed_token(&sam.email, "/invites/").await)
    };
    assert_ne!(first, second);
    sam.post(&format!("/api/invites/{first}/accept"), json!({})).await.ok(200);
    sam.post(&format!("/api/invites/{second}/accept"), json!({})).await.problem(409);
    // They are what the first one said.
    let member = owner.get(&format!("/api/users/{}", sam.id)).await.ok(200);
    assert_eq!(member["role"], "member");
}

#[tokio::test]
async fn an_invitation_is_accepted_once_under_concurrency() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    let (_, token) = invite(&owner, &address("many"), "member").await;
    let replies = join_all((0..4).map(|_| accept(stack, &token, somebody_new()))).await;
    let joined = replies.iter().filter(|reply| reply.status == 200).count();
    assert_eq!(joined, 1, "{replies:?}");
    assert!(replies.iter().all(|reply| [200, 404, 409].contains(&reply.status)));
    accept(stack, &token, somebody_new()).await.problem(404);
    let members = owner.get(&path(&owner, "/members")).await.ok(200);
    assert_eq!(members["items"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn an_existing_account_must_sign_in_to_accept() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    let sam = stack.person("Sam").await;
    let (_, token) = invite(&owner, &sam.email, "member").await;
    let reply = accept(stack, &token, json!({"name": "Sam", "password": "not the password of Sam"})).await;
    assert!(reply.header("set-cookie").is_empty());
    assert_eq!(reply.problem(409)["current"]["field"], "email");
    // Nothing was used up.
    sam.post(&format!("/api/invites/{token}/accept"), json!({})).await.ok(200);
}

#[tokio::test]
async fn guessed_invitation_tokens_are_404() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    let other = stack.person("Sam").await;
    let (_, token) = invite(&owner, &address("guess"), "member").await;
    let parts: Vec<&str> = token.split('.').collect();
    let wrong = [
        "nonsense".to_owned(),
        format!("{}.{}", parts[0], parts[1]),
        format!("{}.{}.guess", parts[0], parts[1]),
        format!("{}.{}.{}", other.workspace, parts[1], parts[2]),
        format!("{}.inv_4fJq8sNcX0aZ7LtVw2Rb.{}", parts[0], parts[2]),
    ];
    let mut details = Vec::new();
    for token in wrong {
        details.push(accept(stack, &token, somebody_new()).await.problem(404)["detail"].clone());
        other.post(&format!("/api/invites/{token}/accept"), json!({})).await.problem(404);
    }
    assert!(details.windows(2).all(|pair| pair[0] == pair[1]), "{details:?}");
    accept(stack, &token, somebody_new()).await.ok(200);
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    let (_, token) = invite(&owner, &address("wrong"), "member").await;
    accept(stack, &token, json!({"name": "Nora"})).await.invalid(&["password"]);
    accept(stack, &token, json!({"password": PASSWORD})).await.invalid(&["name"]);
    accept(stack, &token, json!({"name": "", "password": PASSWORD})).await.invalid(&["name"]);
    accept(stack, &token, json!({"name": "Nora", "password": "short"})).await.invalid(&["password"]);
    accept(stack, &token, json!({"name": "Nora", "password": PASSWORD, "role": "owner"})).await.invalid(&["role"]);
    // Neither signed in nor new.
    accept(stack, &token, json!({})).await.problem(401);
    stack.call("POST", &format!("/api/invites/{token}/accept"), None).await.problem(401);
    accept(stack, &token, somebody_new()).await.ok(200);
}
