use image::{DynamicImage, GenericImageView, ImageFormat};
use millrace_api_tests::{Person, Stack};
use serde_json::{Value, json};
use std::io::Cursor;

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(width, height).write_to(&mut bytes, format).expect("writes");
    bytes.into_inner()
}

async fn send(person: &Person<'_>, content_type: &str, bytes: Vec<u8>) {
    let form = person.post("/api/users/me/avatar", json!({"size": bytes.len(), "content_type": content_type})).await;
    let sent = person.stack.send_by_form(&form.ok(200), bytes).await;
    assert_eq!(sent.status, 204, "{}", sent.text);
    person.stack.idle().await;
}

async fn avatar(person: &Person<'_>) -> Value {
    person.get("/api/users/me").await.ok(200)["avatar_url"].clone()
}

#[tokio::test]
async fn an_avatar_is_set_in_all_workspaces() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let second = alex.post("/api/workspaces", json!({"name": "Second", "slug": "second"})).await.ok(201);
    assert_eq!(avatar(&alex).await, Value::Null);
    send(&alex, "image/jpeg", picture(600, 400, ImageFormat::Jpeg)).await;
    let url = avatar(&alex).await;
    let path = url.as_str().expect("a picture");
    assert!(path.starts_with("/avatars/") && path.ends_with(".webp"), "{path}");
    let shown = stack.http.get(stack.url(path)).send().await.expect("answers");
    assert_eq!(shown.headers()["content-type"], "image/webp");
    assert!(shown.headers()["cache-control"].to_str().expect("text").contains("immutable"));
    let shown = image::load_from_memory_with_format(&shown.bytes().await.expect("bytes"), ImageFormat::WebP);
    assert_eq!(shown.expect("is WebP").dimensions(), (256, 256));

    let snapshot = alex.get(&format!("/api/boards/{}", board.id)).await.ok(200);
    assert_eq!(snapshot["people"][0]["avatar_url"], url);
    assert_eq!(alex.get("/api/users").await.ok(200)["items"][0]["avatar_url"], url);
    let there = alex.post("/api/auth/switch", json!({"workspace": second["slug"]})).await;
    let there = Person { token: there.ok(200)["access_token"].as_str().expect("a token").to_owned(), ..alex.clone() };
    assert_eq!(there.get("/api/users").await.ok(200)["items"][0]["avatar_url"], url);
}

#[tokio::test]
async fn a_new_avatar_replaces_the_previous_one() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    send(&alex, "image/png", picture(20, 20, ImageFormat::Png)).await;
    let first = avatar(&alex).await;
    send(&alex, "image/png", picture(300, 300, ImageFormat::Png)).await;
    let second = avatar(&alex).await;
    assert_ne!(first, second);
    let gone = stack.http.get(stack.url(first.as_str().expect("a picture"))).send().await.expect("answers");
    assert_eq!(gone.status(), 404);
}

#[tokio::test]
async fn an_upload_that_is_no_image_keeps_the_avatar() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    for wrong in [b"<svg onload=alert(1)>".to_vec(), b"MZ\x90\0\x03\0\0\0".to_vec(), b"%PDF-1.7".to_vec()] {
        send(&alex, "image/png", wrong).await;
        assert_eq!(avatar(&alex).await, Value::Null);
    }
    for (body, field) in [
        (json!({"size": 5 * 1024 * 1024 + 1, "content_type": "image/png"}), "size"),
        (json!({"size": 0, "content_type": "image/png"}), "size"),
        (json!({"size": 10, "content_type": "image/svg+xml"}), "content_type"),
        (json!({"size": 10, "content_type": "text/html"}), "content_type"),
    ] {
        alex.post("/api/users/me/avatar", body).await.invalid(&[field]);
    }
}
