use crate::refuses;
use millrace_api_tests::{Reply, Stack, unique};
use serde_json::{Value, json};

const PATH: &str = "/api/auth/password/forgot";

async fn forgot(stack: &Stack, email: &str) -> Reply {
    stack.call("POST", PATH, Some(json!({"email": email}))).await
}

async fn mails(stack: &Stack, email: &str) -> Vec<Value> {
    stack.idle().await;
    let mails = stack.call("GET", &format!("/_local/mail?to={email}"), None).await.ok(200);
    mails["items"].as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn a_reset_request_does_not_reveal_accounts() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let unknown = format!("{}@example.com", unique("unknown"));
    let (known, none) = (forgot(stack, &alex.email).await, forgot(stack, &unknown).await);
    assert_eq!((known.status, known.text.as_str()), (202, ""));
    assert_eq!((none.status, none.text.as_str()), (202, ""));
    assert!(mails(stack, &unknown).await.is_empty());
    let reset: Vec<Value> =
        mails(stack, &alex.email).await.into_iter().filter(|mail| mail["subject"] == "Choose a new password").collect();
    assert_eq!(reset.len(), 1);
    let link = reset[0]["links"][0].as_str().expect("a link");
    assert!(link.starts_with(&stack.url("/reset-password?token=usr_")), "{link}");
    assert!(reset[0]["html"].as_str().expect("a page").contains(link));
}

#[tokio::test]
async fn an_address_receives_at_most_five_reset_mails_an_hour() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    for _ in 0..8 {
        assert_eq!(forgot(&stack, &alex.email).await.status, 202);
    }
    let resets = |mails: Vec<Value>| mails.iter().filter(|mail| mail["subject"] == "Choose a new password").count();
    assert_eq!(resets(mails(&stack, &alex.email).await), 5);
    stack.advance("PT61M").await;
    assert_eq!(forgot(&stack, &alex.email).await.status, 202);
    assert_eq!(resets(mails(&stack, &alex.email).await), 6);
}

#[tokio::test]
async fn a_source_can_request_at_most_a_hundred_resets() {
    let stack = Stack::own().await;
    for number in 0..100 {
        assert_eq!(forgot(&stack, &format!("many{number}@example.com")).await.status, 202);
    }
    let reply = forgot(&stack, "one-more@example.com").await;
    assert!(!reply.header("retry-after").is_empty());
    reply.problem(429);
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let cases: &[(Value, &[&str])] = &[
        (json!({}), &["email"]),
        (json!({"email": "nobody"}), &["email"]),
        (json!({"email": null}), &["email"]),
        (json!({"email": "a@example.com", "x": 1}), &["x"]),
    ];
    refuses(Stack::shared(), PATH, cases).await;
}
