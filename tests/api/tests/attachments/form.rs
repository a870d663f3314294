use crate::{begin, complete, with_task};
use millrace_api_tests::{Reply, Stack};
use serde_json::json;

#[tokio::test]
async fn an_upload_form_accepts_exactly_the_declared_file() {
    let alex = with_task(Stack::shared()).await;
    let begun = begin(&alex, "a.txt", "text/plain", 10).await.ok(201);
    for wrong in [b"123456789".to_vec(), b"12345678901".to_vec(), vec![b'a'; 5_000_000]] {
        let refused = alex.stack.send_by_form(&begun["upload"], wrong).await;
        assert!((400..500).contains(&refused.status), "{} {}", refused.status, refused.text);
    }
    complete(&alex, &begun).await.problem(409);
    let sent = alex.stack.send_by_form(&begun["upload"], b"1234567890".to_vec()).await;
    assert_eq!(sent.status, 204, "{}", sent.text);
    complete(&alex, &begun).await.ok(200);
}

#[tokio::test]
async fn uploads_are_allowed_cross_origin() {
    let alex = with_task(Stack::shared()).await;
    let begun = begin(&alex, "a.txt", "text/plain", 4).await.ok(201);
    let url = begun["upload"]["url"].as_str().expect("an address");
    // A browser that shows progress asks first.
    let asked = alex.stack.http.request("OPTIONS".parse().expect("a method"), url);
    let asked = asked.header("origin", "http://acme.localhost").header("access-control-request-method", "POST");
    let answer = Reply::of(asked).await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, "*"));
    assert!(answer.header("access-control-allow-methods").contains("POST"));
}

#[tokio::test]
async fn a_modified_upload_form_is_refused() {
    let alex = with_task(Stack::shared()).await;
    let begun = begin(&alex, "a.txt", "text/plain", 4).await.ok(201);
    for (field, value) in [
        ("key", json!(format!("files/{}/WEB-1/att_AAAAAAAAAAAA", alex.workspace))),
        ("key", json!("avatars/x.webp")),
        ("Content-Type", json!("text/html")),
        ("x-amz-signature", json!("0".repeat(64))),
        ("policy", json!("eyJjb25kaXRpb25zIjpbXX0=")),
        ("x-amz-credential", json!("nobody/20261121/us-east-1/s3/aws4_request")),
    ] {
        let mut upload = begun["upload"].clone();
        upload["fields"][field] = value;
        let refused = alex.stack.send_by_form(&upload, b"text".to_vec()).await;
        assert!((400..500).contains(&refused.status), "{field}: {} {}", refused.status, refused.text);
    }
    complete(&alex, &begun).await.problem(409);
}
