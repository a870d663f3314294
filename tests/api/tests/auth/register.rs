use crate::{login, refuses};
use futures::future::join_all;
use millrace_api_tests::{PASSWORD, Reply, Stack, unique};
use serde_json::{Value, json};

const PATH: &str = "/api/auth/register";

fn body(email: &str, slug: Option<&str>) -> Value {
    let workspace = slug.map(|slug| json!({"name": "Acme", "slug": slug}));
    json!({"email": email, "password": PASSWORD, "name": "Alex", "workspace": workspace})
}

#[tokio::test]
async fn registration_creates_an_owned_workspace() {
    let stack = Stack::shared();
    let (email, slug) = (format!("{}@Example.com", unique("Register")), unique("register-"));
    let reply = stack.call("POST", PATH, Some(body(&email, Some(&slug)))).await;
    let cookie = reply.header("set-cookie").to_owned();
    assert!(cookie.starts_with("millrace_refresh=usr_"), "{cookie}");
    assert!(cookie.ends_with("; HttpOnly; Secure; SameSite=Strict; Path=/api/auth; Max-Age=2592000"), "{cookie}");
    assert_eq!(reply.header("cache-control"), "no-store");
    let answer = reply.ok(201);
    assert_eq!(answer["expires_in"], 900);
    assert_eq!(answer["user"]["email"], email.to_lowercase());
    assert_eq!(answer["user"]["name"], "Alex");
    assert_eq!((&answer["workspace"]["slug"], &answer["workspace"]["role"]), (&json!(slug), &json!("owner")));
    assert_eq!(answer["workspaces"], json!([answer["workspace"]]));
    assert!(!answer.to_string().contains(PASSWORD));

    let me = stack.http.get(stack.url("/api/users/me")).bearer_auth(answer["access_token"].as_str().expect("a token"));
    let me = Reply::of(me).await.ok(200);
    assert_eq!((&me["email_verified"], &me["workspace"]), (&json!(false), &answer["workspace"]));
}

#[tokio::test]
async fn registration_without_a_workspace_is_possible() {
    let stack = Stack::shared();
    let person = stack.person_without_workspace("Robin").await;
    let me = person.get("/api/users/me").await.ok(200);
    assert_eq!((&me["workspace"], &me["workspaces"]), (&Value::Null, &json!([])));
    person.get("/api/projects").await.problem(403);
    person.get("/api/users").await.problem(403);
}

#[tokio::test]
async fn addresses_are_case_insensitive() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let (slug, taken) = (unique("free-"), alex.email.to_uppercase());
    let problem = stack.call("POST", PATH, Some(body(&taken, Some(&slug)))).await.problem(409);
    assert_eq!((&problem["current"]["field"], &problem["errors"][0]["field"]), (&json!("email"), &json!("email")));
    // All or nothing: the workspace was not founded.
    stack.call("GET", &format!("/api/tenants/{slug}"), None).await.problem(404);
}

#[tokio::test]
async fn concurrent_registrations_of_an_address_or_slug_succeed_once() {
    let stack = Stack::shared();
    let email = format!("{}@example.com", unique("race"));
    let racers = (0..5).map(|_| stack.call("POST", PATH, Some(body(&email, None))));
    let mut statuses: Vec<u16> = join_all(racers).await.into_iter().map(|reply| reply.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409]);

    let slug = unique("race-");
    let bodies: Vec<Value> = (0..5).map(|_| body(&format!("{}@example.com", unique("slug")), Some(&slug))).collect();
    let racers = bodies.iter().map(|body| stack.call("POST", PATH, Some(body.clone())));
    let replies = join_all(racers).await;
    let lost = replies.iter().filter(|reply| reply.status == 409);
    assert!(lost.clone().all(|reply| reply.body["current"]["field"] == "slug"));
    assert_eq!((lost.count(), replies.iter().filter(|reply| reply.status == 201).count()), (4, 1));
    // Who lost the slug has no account either, and may try again.
    let lost = replies.iter().position(|reply| reply.status == 409).expect("one lost");
    let email = bodies[lost]["email"].as_str().expect("an address");
    login(stack, email, PASSWORD).await.problem(401);
    stack.call("POST", PATH, Some(body(email, Some(&unique("other-"))))).await.ok(201);
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let good = body("somebody@example.com", Some("fine"));
    let with = |name: &str, value: Value| {
        let mut body = good.clone();
        body[name] = value;
        body
    };
    let cases: Vec<(Value, &[&str])> = vec![
        (with("email", json!("nobody")), &["email"]),
        (with("email", json!(5)), &["email"]),
        (with("password", json!("short")), &["password"]),
        (with("password", json!("x".repeat(201))), &["password"]),
        (with("name", json!("  ")), &["name"]),
        (with("name", json!("x".repeat(101))), &["name"]),
        (with("role", json!("owner")), &["role"]),
        (with("workspace", json!({"name": "Acme"})), &["workspace.slug"]),
        (with("workspace", json!({"name": "Acme", "slug": "Not A Slug"})), &["workspace.slug"]),
        (with("workspace", json!({"name": "Acme", "slug": "www"})), &["workspace.slug"]),
        (json!({"email": "a@example.com", "password": PASSWORD}), &["name"]),
    ];
    let stack = Stack::shared();
    refuses(stack, PATH, &cases).await;
    stack.call("POST", PATH, Some(json!([]))).await.problem(422);
    let request = |text: &'static str, kind: &'static str| {
        Reply::of(stack.http.post(stack.url(PATH)).header("content-type", kind).body(text))
    };
    request("{", "application/json").await.problem(400);
    request("", "application/json").await.problem(400);
    request("{}", "text/plain").await.problem(415);
    stack.call("GET", PATH, None).await.problem(405);
}
