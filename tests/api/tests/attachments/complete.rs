use crate::{all, attach, begin, complete, count, newest, path, png, send, with_task};
use millrace_api_tests::Stack;
use serde_json::{Value, json};

#[tokio::test]
async fn completing_an_upload_attaches_the_checked_file() {
    let alex = with_task(Stack::shared()).await;
    let begun = send(&alex, "Photo.png", "image/png", &png(40, 20)).await;
    assert_eq!(count(&alex).await, 0);
    let file = complete(&alex, &begun).await.ok(200);
    assert_eq!((&file["id"], &file["name"], &file["author"]), (&begun["id"], &json!("Photo.png"), &json!(alex.id)));
    assert_eq!((&file["content_type"], &file["shown"]), (&json!("image/png"), &json!(true)));
    assert_eq!(count(&alex).await, 1);
    let event = newest(&alex).await;
    assert_eq!((&event["type"], &event["task"]), (&json!("attachment.added"), &json!("WEB-1")));
    assert_eq!((&event["data"]["attachment"]["id"], &event["actor"]["id"]), (&file["id"], &json!(alex.id)));
    complete(&alex, &begun).await.ok(200);
    assert_eq!(count(&alex).await, 1, "a second call attaches nothing");
    assert_eq!(newest(&alex).await, event);
    assert_eq!(all(&alex).await.len(), 1);
    let id = begun["id"].as_str().expect("an id");
    assert!(alex.stack.objects("uploads/").iter().all(|key| !key.contains(id)), "what was sent is let go of");
}

#[tokio::test]
async fn completing_before_the_upload_is_409() {
    let alex = with_task(Stack::shared()).await;
    let begun = begin(&alex, "a.txt", "text/plain", 4).await.ok(201);
    complete(&alex, &begun).await.problem(409);
    assert_eq!(count(&alex).await, 0);
}

#[tokio::test]
async fn the_content_type_is_detected_and_not_taken_from_the_name() {
    let alex = with_task(Stack::shared()).await;
    for (name, declared, bytes, told, shown) in [
        ("picture.txt", "text/plain", png(4, 4), "image/png", true),
        ("page.txt", "text/plain", b"<!doctype html><script>alert(1)</script>".to_vec(), "text/html", false),
        ("drawing.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "image/svg+xml", false),
        ("table.csv", "text/csv", b"a,b\n1,2\n".to_vec(), "text/plain", true),
        ("paper", "application/octet-stream", b"%PDF-1.7\n%rest".to_vec(), "application/pdf", true),
        ("data.bin", "application/x-mine", vec![0, 1, 2, 3], "application/x-mine", false),
    ] {
        let file = attach(&alex, name, declared, &bytes).await;
        assert_eq!((&file["content_type"], &file["shown"]), (&json!(told), &json!(shown)), "{name}");
    }
}

#[tokio::test]
async fn executables_and_fake_images_are_refused_and_deleted() {
    let alex = with_task(Stack::shared()).await;
    for (name, declared, bytes) in [
        ("cat.png", "image/png", b"<html><script>alert(1)</script></html>".to_vec()),
        ("cat.png", "image/png", b"<svg onload=alert(1)>".to_vec()),
        ("cat.png", "image/png", b"just text".to_vec()),
        ("cat.jpg", "image/jpeg", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff".to_vec()),
        ("setup", "application/octet-stream", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff".to_vec()),
        ("notes.txt", "text/plain", [b"\x7fELF\x02\x01\x01".as_slice(), &[0; 80]].concat()),
    ] {
        let begun = send(&alex, name, declared, &bytes).await;
        complete(&alex, &begun).await.invalid(&["content_type"]);
        complete(&alex, &begun).await.problem(404);
        let id = begun["id"].as_str().expect("an id");
        assert!(alex.stack.objects("").iter().all(|key| !key.contains(id)), "{name} is still there");
    }
    assert_eq!(count(&alex).await, 0);
    assert!(all(&alex).await.is_empty());
}

#[tokio::test]
async fn only_the_uploader_can_complete_an_upload() {
    let alex = with_task(Stack::shared()).await;
    let dev = alex.invite("Dev", "member", &[("WEB", "developer")]).await;
    let vera = alex.invite("Vera", "guest", &[("WEB", "viewer")]).await;
    let begun = send(&alex, "a.txt", "text/plain", b"text").await;
    complete(&dev, &begun).await.problem(404);
    complete(&vera, &begun).await.problem(403);
    let eve = Stack::shared().person("Eve").await;
    eve.project("WEB").await;
    eve.task("WEB", "Hers").await;
    complete(&eve, &begun).await.problem(404);
    eve.get(&path(&begun)).await.problem(404);
    complete(&alex, &begun).await.ok(200);
}

#[tokio::test]
async fn concurrent_completions_attach_one_file() {
    let alex = with_task(Stack::shared()).await;
    let begun = send(&alex, "a.txt", "text/plain", b"text").await;
    let replies = futures::future::join_all((0..4).map(|_| complete(&alex, &begun))).await;
    assert!(replies.iter().any(|reply| reply.status == 200));
    assert!(replies.iter().all(|reply| matches!(reply.status, 200 | 409)), "{replies:?}");
    assert_eq!(count(&alex).await, 1);
    complete(&alex, &begun).await.ok(200);
}

#[tokio::test]
async fn attachments_are_listed_in_pages() {
    let alex = with_task(Stack::shared()).await;
    for number in 0..3 {
        attach(&alex, &format!("{number}.txt"), "text/plain", b"text").await;
    }
    let first = alex.get("/api/tasks/WEB-1/attachments?limit=2").await.ok(200);
    let cursor = first["next"].as_str().expect("more");
    let rest = alex.get(&format!("/api/tasks/WEB-1/attachments?limit=2&cursor={cursor}")).await.ok(200);
    let names: Vec<&Value> = [&first, &rest]
        .iter()
        .flat_map(|part| part["items"].as_array().expect("items"))
        .map(|file| &file["name"])
        .collect();
    assert_eq!(names, [&json!("0.txt"), &json!("1.txt"), &json!("2.txt")]);
}
