use crate::{all, attach, count, png, with_task};
use image::{GenericImageView, ImageFormat};
use millrace_api_tests::Stack;
use serde_json::{Value, json};

#[tokio::test]
async fn images_get_a_thumbnail() {
    let stack = Stack::own().await;
    let alex = with_task(&stack).await;
    attach(&alex, "Photo.png", "image/png", &png(1_000, 500)).await;
    stack.idle().await;
    let file = all(&alex).await.remove(0);
    assert_eq!(
        (&file["scanned"], &file["thumbnail"]["width"], &file["thumbnail"]["height"]),
        (&json!(true), &json!(320), &json!(160))
    );
    let address = file["thumbnail"]["url"].as_str().expect("an address");
    let fetched = stack.http.get(address).send().await.expect("answers");
    assert_eq!(fetched.status(), 200);
    let bytes = fetched.bytes().await.expect("bytes");
    let thumbnail = image::load_from_memory_with_format(&bytes, ImageFormat::WebP).expect("is WebP");
    assert_eq!(thumbnail.dimensions(), (320, 160));
    assert_eq!(all(&alex).await.remove(0)["thumbnail"]["url"], address, "the address stays the same for some minutes");
}

#[tokio::test]
async fn other_files_and_oversized_images_get_no_thumbnail_and_stay() {
    let stack = Stack::own().await;
    let alex = with_task(&stack).await;
    attach(&alex, "notes.txt", "text/plain", b"text").await;
    let mut bomb = png(4, 4);
    bomb[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    attach(&alex, "bomb.png", "image/png", &bomb).await;
    attach(&alex, "broken.png", "image/png", b"\x89PNG\r\n\x1a\nbroken").await;
    stack.idle().await;
    for file in all(&alex).await {
        assert_eq!((&file["scanned"], &file["thumbnail"]), (&json!(true), &Value::Null), "{file}");
    }
    assert_eq!(count(&alex).await, 3);
}

/// Calls the consumer with what S3 tells of a new object.
async fn tell(stack: &Stack, key: &str) {
    stack.deliver("attachments-scan", &[json!({"Records": [{"s3": {"object": {"key": key}}}]})]).await;
}

#[tokio::test]
async fn redelivered_bucket_events_change_nothing() {
    let stack = Stack::own().await;
    let alex = with_task(&stack).await;
    attach(&alex, "Photo.png", "image/png", &png(10, 10)).await;
    stack.idle().await;
    let (before, key) = (all(&alex).await, stack.objects("files/").remove(0));
    tell(&stack, &key).await;
    assert_eq!(all(&alex).await, before);
    assert_eq!((count(&alex).await, stack.objects("thumbnails/").len()), (json!(1), 1));
}

#[tokio::test]
async fn orphaned_objects_are_deleted() {
    let stack = Stack::own().await;
    let alex = with_task(&stack).await;
    let folder = stack.server.stand_ins().buckets_folder().join("millrace-files");
    let key = format!("files/{}/WEB-1/att_AAAAAAAAAAAA", alex.workspace);
    let file = folder.join(&key);
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("makes");
    std::fs::write(&file, b"stray").expect("writes");
    tell(&stack, &key).await;
    assert!(!file.exists());
    for nothing in ["", "files/x", "elsewhere/a/b/c", "files/ws_?/WEB-1/att_AAAA"] {
        tell(&stack, nothing).await;
    }
    assert_eq!(count(&alex).await, 0);
}
