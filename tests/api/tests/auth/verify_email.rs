use millrace_api_tests::{Reply, Stack};
use serde_json::json;

async fn verify(stack: &Stack, token: &str) -> Reply {
    stack.call("POST", "/api/auth/email/verify", Some(json!({"token": token}))).await
}

#[tokio::test]
async fn registration_sends_a_verification_mail() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let mail = stack.mail_to(&alex.email).await;
    assert_eq!(mail["subject"], "Confirm your e-mail address");
    let link = mail["links"][0].as_str().expect("a link").to_owned();
    assert!(link.starts_with(&stack.url("/verify-email?token=usr_")), "{link}");
    assert!(mail["text"].as_str().expect("text").contains(&link));

    let token = stack.mailed_token(&alex.email, "/verify-email?token=").await;
    assert_eq!(verify(stack, &token).await.status, 204);
    assert_eq!(alex.get("/api/users/me").await.ok(200)["email_verified"], true);
    // Once.
    verify(stack, &token).await.invalid(&["token"]);
    assert_eq!(alex.get("/api/users/me").await.ok(200)["email_verified"], true);
}

#[tokio::test]
async fn a_verification_token_expires_after_three_days() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let sam = stack.person("Sam").await;
    let early = stack.mailed_token(&alex.email, "/verify-email?token=").await;
    let late = stack.mailed_token(&sam.email, "/verify-email?token=").await;
    stack.advance("PT71H").await;
    assert_eq!(verify(&stack, &early).await.status, 204);
    stack.advance("PT2H").await;
    verify(&stack, &late).await.invalid(&["token"]);
}

#[tokio::test]
async fn invalid_verification_tokens_are_refused() {
    let stack = Stack::shared();
    for wrong in ["", ".", "usr_4fJq8sNcX0aZ7LtVw2Rb.x", "nonsense"] {
        verify(stack, wrong).await.invalid(&["token"]);
    }
    stack.call("POST", "/api/auth/email/verify", Some(json!({}))).await.invalid(&["token"]);
}
