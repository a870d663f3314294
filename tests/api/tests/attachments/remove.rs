use crate::{all, attach, begin, complete, count, newest, path, png, send, with_task};
use millrace_api_tests::Stack;
use serde_json::json;

#[tokio::test]
async fn removing_an_attachment_deletes_its_objects() {
    let stack = Stack::own().await;
    let alex = with_task(&stack).await;
    let file = attach(&alex, "Photo.png", "image/png", &png(400, 400)).await;
    stack.idle().await;
    assert_eq!((stack.objects("files/").len(), stack.objects("thumbnails/").len()), (1, 1));
    alex.delete(&path(&file)).await.ok(204);
    assert!(stack.objects("files/").is_empty() && stack.objects("thumbnails/").is_empty());
    assert!(all(&alex).await.is_empty());
    assert_eq!(count(&alex).await, 0);
    let event = newest(&alex).await;
    assert_eq!((&event["type"], &event["data"]["attachment"]["id"]), (&json!("attachment.removed"), &file["id"]));
    alex.get(&path(&file)).await.problem(404);
    alex.delete(&path(&file)).await.problem(404);
}

#[tokio::test]
async fn the_uploader_can_cancel_an_upload() {
    let alex = with_task(Stack::shared()).await;
    let dev = alex.invite("Dev", "member", &[("WEB", "developer")]).await;
    let begun = send(&alex, "a.txt", "text/plain", b"text").await;
    dev.delete(&path(&begun)).await.problem(404);
    alex.delete(&path(&begun)).await.ok(204);
    complete(&alex, &begun).await.problem(404);
    assert_eq!(count(&alex).await, 0);
}

#[tokio::test]
async fn other_people_cannot_remove_attachments() {
    let alex = with_task(Stack::shared()).await;
    let file = attach(&alex, "a.txt", "text/plain", b"text").await;
    let vera = alex.invite("Vera", "guest", &[("WEB", "viewer")]).await;
    vera.delete(&path(&file)).await.problem(403);
    let eve = Stack::shared().person("Eve").await;
    eve.project("WEB").await;
    eve.task("WEB", "Hers").await;
    eve.delete(&path(&file)).await.problem(404);
    assert_eq!(count(&alex).await, 1);
    alex.delete("/api/tasks/WEB-1").await.ok(204);
    alex.delete(&path(&file)).await.problem(409);
    let begun = begin(&alex, "b.txt", "text/plain", 1).await;
    begun.problem(409);
}

#[tokio::test]
async fn storage_usage_follows_attachments() {
    let stack = Stack::shared();
    let alex = with_task(stack).await;
    let storage = async || alex.get("/api/admin/metrics").await.ok(200)["storage"].clone();
    assert_eq!(storage().await, json!({"files": 0, "bytes": 0}));
    let bytes = png(4, 4);
    let file = attach(&alex, "one.png", "image/png", &bytes).await;
    attach(&alex, "two.png", "image/png", &bytes).await;
    assert_eq!(storage().await, json!({"files": 2, "bytes": 2 * bytes.len()}));
    alex.delete(&path(&file)).await.ok(204);
    assert_eq!(storage().await, json!({"files": 1, "bytes": bytes.len()}));
}
