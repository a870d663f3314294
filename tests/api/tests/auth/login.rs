use crate::{login, refuses};
use futures::future::join_all;
use millrace_api_tests::{PASSWORD, Reply, Stack, unique};
use serde_json::{Value, json};

#[tokio::test]
async fn signing_in_creates_a_session() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let reply = login(stack, &alex.email.to_uppercase(), PASSWORD).await;
    let cookie = reply.refresh_cookie();
    assert!(!cookie.is_empty() && cookie != alex.refresh);
    let answer = reply.ok(200);
    assert_eq!((&answer["user"]["id"], &answer["workspace"]["id"]), (&json!(alex.id), &json!(alex.workspace)));
    // The first session goes on.
    assert_eq!(alex.get("/api/auth/sessions").await.ok(200)["items"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn wrong_passwords_and_unknown_addresses_are_indistinguishable() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let wrong = login(stack, &alex.email, "another password").await;
    let unknown = login(stack, &format!("{}@example.com", unique("unknown")), PASSWORD).await;
    assert!(wrong.header("set-cookie").is_empty() && unknown.header("set-cookie").is_empty());
    let (wrong, unknown) = (wrong.problem(401), unknown.problem(401));
    assert_eq!((&wrong["title"], &wrong["detail"]), (&unknown["title"], &unknown["detail"]));
}

#[tokio::test]
async fn failed_sign_ins_are_limited_with_and_without_an_account() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    for email in [alex.email.as_str(), "nobody@example.com"] {
        // All at once: none slips through between a count and a check.
        let guesses = join_all((0..14).map(|_| login(&stack, email, "a wrong guess"))).await;
        let refused = guesses.iter().filter(|reply| reply.status == 429).count();
        assert_eq!((refused, guesses.iter().filter(|reply| reply.status == 401).count()), (4, 10), "{email}");
        let reply = login(&stack, email, PASSWORD).await;
        let seconds: u64 = reply.header("retry-after").parse().expect("seconds");
        assert!((1..=900).contains(&seconds), "{seconds}");
        reply.problem(429);
    }
    stack.advance("PT16M").await;
    login(&stack, &alex.email, PASSWORD).await.ok(200);
}

#[tokio::test]
async fn a_successful_sign_in_resets_the_limit() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    for _ in 0..3 {
        for _ in 0..9 {
            login(&stack, &alex.email, "a wrong guess").await.problem(401);
        }
        login(&stack, &alex.email, PASSWORD).await.ok(200);
    }
}

#[tokio::test]
async fn a_source_can_try_at_most_a_hundred_addresses() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    // What is right does not count.
    for _ in 0..3 {
        login(&stack, &alex.email, PASSWORD).await.ok(200);
    }
    let emails: Vec<String> = (0..100).map(|number| format!("guess{number}@example.com")).collect();
    for some in emails.chunks(10) {
        let guesses = join_all(some.iter().map(|email| login(&stack, email, "a wrong guess"))).await;
        assert!(guesses.iter().all(|reply| reply.status == 401));
    }
    let reply = login(&stack, &alex.email, PASSWORD).await;
    assert!(!reply.header("retry-after").is_empty());
    reply.problem(429);
    stack.advance("PT16M").await;
    login(&stack, &alex.email, PASSWORD).await.ok(200);
}

#[tokio::test]
async fn concurrent_sign_ins_succeed() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let replies = join_all((0..6).map(|_| login(stack, &alex.email, PASSWORD))).await;
    assert!(replies.iter().all(|reply| reply.status == 200), "{replies:?}");
}

#[tokio::test]
async fn a_sign_in_can_name_its_workspace() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let slug = unique("second-");
    let second = alex.post("/api/workspaces", json!({"name": "A second one", "slug": slug})).await.ok(201);
    let stranger = stack.person("Sam").await;
    let begin = |workspace: Value| {
        let body = json!({"email": alex.email, "password": PASSWORD, "workspace": workspace});
        stack.call("POST", "/api/auth/login", Some(body))
    };
    // Without a wish, the last one.
    assert_eq!(login(stack, &alex.email, PASSWORD).await.ok(200)["workspace"]["id"], alex.workspace);
    assert_eq!(begin(json!(slug)).await.ok(200)["workspace"]["id"], second["id"]);
    assert_eq!(login(stack, &alex.email, PASSWORD).await.ok(200)["workspace"]["id"], second["id"]);
    assert_eq!(begin(json!(alex.workspace)).await.ok(200)["workspace"]["id"], alex.workspace);
    let names: Vec<Value> = begin(Value::Null).await.ok(200)["workspaces"].as_array().cloned().unwrap_or_default();
    assert_eq!(
        names.iter().map(|own| own["name"].as_str().unwrap_or("")).collect::<Vec<_>>(),
        ["A second one", "Alex and friends"]
    );
    // Somebody else's workspace and one that does not exist are told the same.
    let foreign = begin(json!(stranger.workspace)).await.invalid(&["workspace"]);
    let missing = begin(json!("no-such-workspace")).await.invalid(&["workspace"]);
    assert_eq!(foreign["errors"], missing["errors"]);
}

#[tokio::test]
async fn the_host_selects_the_workspace() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let slug = unique("hosted-");
    let hosted = alex.post("/api/workspaces", json!({"name": "Hosted", "slug": slug})).await.ok(201);
    let at = |host: String| {
        let body = json!({"email": alex.email, "password": PASSWORD});
        Reply::of(stack.http.post(stack.url("/api/auth/login")).header("host", host).json(&body))
    };
    let answer = at(format!("{slug}.localhost")).await.ok(200);
    assert_eq!(answer["workspace"]["id"], hosted["id"]);
    assert_eq!(at("somebody-else.localhost".to_owned()).await.ok(200)["workspace"], Value::Null);
    // A token for one workspace is not good at the address of another.
    let elsewhere = stack.http.get(stack.url("/api/users/me")).header("host", "somebody-else.localhost");
    Reply::of(elsewhere.bearer_auth(answer["access_token"].as_str().expect("a token"))).await.problem(403);
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let cases: &[(Value, &[&str])] = &[
        (json!({"password": PASSWORD}), &["email"]),
        (json!({"email": "a@example.com"}), &["password"]),
        (json!({"email": "a", "password": PASSWORD}), &["email"]),
        (json!({"email": "a@example.com", "password": PASSWORD, "workspace": "Not One"}), &["workspace"]),
        (json!({"email": "a@example.com", "password": PASSWORD, "remember": true}), &["remember"]),
    ];
    refuses(Stack::shared(), "/api/auth/login", cases).await;
}
