use crate::{PATH, all, begin, complete, count, png, send, with_task};
use millrace_api_tests::{Reply, Stack};
use serde_json::json;

#[tokio::test]
async fn an_upload_form_has_a_target_a_policy_and_an_expiry() {
    let alex = with_task(Stack::shared()).await;
    let begun = begin(&alex, "Draft.pdf", "application/pdf", 1_000).await.ok(201);
    let (upload, id) = (&begun["upload"], begun["id"].as_str().expect("an id"));
    assert_eq!(upload["url"], alex.stack.url("/millrace-files/"));
    let fields = &upload["fields"];
    assert_eq!(fields["key"], format!("uploads/{}/WEB-1/{id}", alex.workspace));
    assert_eq!(fields["Content-Type"], "application/pdf");
    assert!(fields["policy"].is_string() && fields["x-amz-signature"].is_string());
    assert!(upload["expires_at"].is_string());
}

#[tokio::test]
async fn oversized_and_empty_files_are_refused_before_the_upload() {
    let alex = with_task(Stack::shared()).await;
    begin(&alex, "a", "text/plain", 100 * 1024 * 1024).await.ok(201);
    begin(&alex, "a", "text/plain", 100 * 1024 * 1024 + 1).await.invalid(&["size"]);
    begin(&alex, "a", "text/plain", 0).await.invalid(&["size"]);
    for (body, field) in [
        (json!({"name": "a/b", "content_type": "text/plain", "size": 1}), "name"),
        (json!({"name": "..", "content_type": "text/plain", "size": 1}), "name"),
        (json!({"name": "photo\u{202e}gpj.exe", "content_type": "image/jpeg", "size": 1}), "name"),
        (json!({"name": "", "content_type": "text/plain", "size": 1}), "name"),
        (json!({"name": "a", "content_type": "text", "size": 1}), "content_type"),
        (json!({"name": "a", "content_type": "text/plain; charset=utf-8", "size": 1}), "content_type"),
        (json!({"name": "a", "content_type": "text/plain", "size": -1}), "size"),
        (json!({"name": "a", "content_type": "text/plain"}), "size"),
        (json!({"name": "a", "content_type": "text/plain", "size": 1, "id": "x"}), "id"),
    ] {
        alex.post(PATH, body).await.invalid(&[field]);
    }
}

#[tokio::test]
async fn viewers_cannot_attach_files() {
    let alex = with_task(Stack::shared()).await;
    let vera = alex.invite("Vera", "guest", &[("WEB", "viewer")]).await;
    begin(&vera, "a", "text/plain", 1).await.problem(403);
    assert!(all(&vera).await.is_empty());
    let eve = Stack::shared().person("Eve").await;
    begin(&eve, "a", "text/plain", 1).await.problem(404);
}

#[tokio::test]
async fn archived_tasks_refuse_attachments() {
    let alex = with_task(Stack::shared()).await;
    let begun = send(&alex, "a.txt", "text/plain", b"text").await;
    alex.delete("/api/tasks/WEB-1").await.ok(204);
    begin(&alex, "a", "text/plain", 1).await.problem(409);
    complete(&alex, &begun).await.problem(409);
    alex.post("/api/tasks/WEB-1/restore", json!({})).await.ok(200);
    complete(&alex, &begun).await.ok(200);
    assert_eq!(count(&alex).await, 1);
}

#[tokio::test]
async fn uncompleted_uploads_expire_and_count_nowhere() {
    let stack = Stack::own().await;
    let alex = with_task(&stack).await;
    let begun = send(&alex, "a.png", "image/png", &png(4, 4)).await;
    assert!(all(&alex).await.is_empty());
    assert_eq!(count(&alex).await, 0);
    stack.advance("PT25H").await;
    let again = alex.stack.call(
        "POST",
        "/api/auth/login",
        Some(json!({"email": alex.email, "password": millrace_api_tests::PASSWORD})),
    );
    let alex = millrace_api_tests::Person::signed_in(&stack, &alex.email, again.await, 200);
    complete(&alex, &begun).await.problem(404);
    assert_eq!(count(&alex).await, 0);
}

#[tokio::test]
async fn an_idempotency_key_starts_one_upload() {
    let alex = with_task(Stack::shared()).await;
    let body = json!({"name": "a", "content_type": "text/plain", "size": 1});
    let send = || Reply::of(alex.request("POST", PATH).header("Idempotency-Key", "once").json(&body));
    let (one, two) = (send().await.ok(201), send().await.ok(201));
    assert_eq!(one["id"], two["id"]);
}
