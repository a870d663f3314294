use crate::{forgets_cookie, login, refresh, refuses};
use futures::future::join_all;
use millrace_api_tests::{PASSWORD, Person, Reply, Stack};
use serde_json::{Value, json};

const PATH: &str = "/api/auth/password/reset";
const NEW: &str = "a better password";

async fn reset(stack: &Stack, token: &str, password: &str) -> Reply {
    stack.call("POST", PATH, Some(json!({"token": token, "password": password}))).await
}

/// The token of the newest mail with one.
async fn mailed(person: &Person<'_>) -> String {
    let stack = person.stack;
    let body = json!({"email": person.email});
    assert_eq!(stack.call("POST", "/api/auth/password/forgot", Some(body)).await.status, 202);
    stack.idle().await;
    stack.mailed_token(&person.email, "/reset-password?token=").await
}

#[tokio::test]
async fn a_mailed_token_sets_a_new_password_once_and_ends_every_session() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let elsewhere = login(stack, &alex.email, PASSWORD).await.refresh_cookie();
    let (older, token) = (mailed(&alex).await, mailed(&alex).await);
    assert_ne!(older, token);
    let reply = reset(stack, &token, NEW).await;
    assert!(reply.status == 204 && forgets_cookie(&reply), "{reply:?}");

    login(stack, &alex.email, PASSWORD).await.problem(401);
    login(stack, &alex.email, NEW).await.ok(200);
    for cookie in [&alex.refresh, &elsewhere] {
        refresh(stack, cookie).await.problem(401);
    }
    // Neither this token nor an older one is good any more.
    for used in [&token, &older] {
        reset(stack, used, "yet another password").await.invalid(&["token"]);
    }
    login(stack, &alex.email, NEW).await.ok(200);
    stack.idle().await;
    assert_eq!(stack.mail_to(&alex.email).await["subject"], "Your password was changed");
}

#[tokio::test]
async fn a_reset_verifies_the_address_and_lifts_the_sign_in_limit() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    for _ in 0..11 {
        login(&stack, &alex.email, "a wrong guess").await;
    }
    login(&stack, &alex.email, PASSWORD).await.problem(429);
    let token = mailed(&alex).await;
    assert_eq!(reset(&stack, &token, NEW).await.status, 204);
    let answer = login(&stack, &alex.email, NEW).await.ok(200);
    let me = stack.http.get(stack.url("/api/users/me")).bearer_auth(answer["access_token"].as_str().expect("a token"));
    assert_eq!(Reply::of(me).await.ok(200)["email_verified"], true);
}

#[tokio::test]
async fn a_reset_token_expires_after_an_hour() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let token = mailed(&alex).await;
    stack.advance("PT61M").await;
    reset(&stack, &token, NEW).await.invalid(&["token"]);
    login(&stack, &alex.email, PASSWORD).await.ok(200);
}

#[tokio::test]
async fn concurrent_uses_of_a_reset_token_succeed_once() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let token = mailed(&alex).await;
    let replies = join_all((0..4).map(|_| reset(stack, &token, NEW))).await;
    let mut statuses: Vec<u16> = replies.iter().map(|reply| reply.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 422, 422, 422]);
}

#[tokio::test]
async fn tokens_of_another_purpose_are_refused() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let verify = stack.mailed_token(&alex.email, "/verify-email?token=").await;
    reset(stack, &verify, NEW).await.invalid(&["token"]);
    let token = mailed(&alex).await;
    let secret = token.split_once('.').expect("two parts").1;
    let sam = stack.person("Sam").await;
    for wrong in ["", "x", &format!("{}.{secret}", sam.id), &format!("{}.", alex.id), &format!("{token}x")] {
        reset(stack, wrong, NEW).await.invalid(&["token"]);
    }
    stack.call("POST", "/api/auth/email/verify", Some(json!({"token": token}))).await.invalid(&["token"]);
    assert_eq!(reset(stack, &token, NEW).await.status, 204);
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let cases: &[(Value, &[&str])] = &[
        (json!({"password": NEW}), &["token"]),
        (json!({"token": "x"}), &["password"]),
        (json!({"token": "x", "password": "short"}), &["password"]),
        (json!({"token": 1, "password": NEW}), &["token"]),
    ];
    refuses(Stack::shared(), PATH, cases).await;
}
