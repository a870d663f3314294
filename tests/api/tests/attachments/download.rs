use crate::{attach, path, png, with_task};
use millrace_api_tests::{Person, Reply, Stack};
use reqwest::{Client, redirect::Policy};
use serde_json::Value;

/// Fetches a file by its signed address, without a token.
async fn fetch(person: &Person<'_>, file: &Value) -> Reply {
    let request = person.request("GET", &path(file)).header("accept", "application/json");
    let told = Reply::of(request).await.ok(200);
    Reply::of(person.stack.http.get(told["url"].as_str().expect("an address"))).await
}

#[tokio::test]
async fn a_download_redirects_to_a_signed_url() {
    let alex = with_task(Stack::shared()).await;
    let file = attach(&alex, "notes.txt", "text/plain", b"Some notes").await;
    let client = Client::builder().redirect(Policy::none()).build().expect("a client");
    let led = Reply::of(client.get(alex.stack.url(&path(&file))).bearer_auth(&alex.token)).await;
    assert_eq!((led.status, led.header("cache-control")), (302, "no-store"));
    let address = led.header("location").to_owned();
    assert!(address.contains("X-Amz-Expires=600"), "{address}");
    let fetched = Reply::of(alex.stack.http.get(&address)).await;
    assert_eq!((fetched.status, fetched.text.as_str()), (200, "Some notes"));
    let changed = address.replace("X-Amz-Expires=600", "X-Amz-Expires=6000");
    assert_eq!(Reply::of(alex.stack.http.get(changed)).await.status, 403);
    let bare = address.split('?').next().expect("an address");
    assert_eq!(Reply::of(alex.stack.http.get(bare)).await.status, 403, "nothing is public");
}

#[tokio::test]
async fn only_harmless_types_are_inline() {
    let alex = with_task(Stack::shared()).await;
    for (declared, bytes, disposition, served) in [
        ("image/png", png(4, 4), "inline", "image/png"),
        ("application/pdf", b"%PDF-1.7\n".to_vec(), "inline", "application/pdf"),
        ("text/plain", b"text".to_vec(), "inline", "text/plain; charset=utf-8"),
        ("text/html", b"<html><script>alert(1)</script>".to_vec(), "attachment", "application/octet-stream"),
        ("image/svg+xml", b"<svg onload='alert(1)'/>".to_vec(), "attachment", "application/octet-stream"),
        ("application/x-mine", vec![0, 1, 2], "attachment", "application/octet-stream"),
    ] {
        let file = attach(&alex, "x", declared, &bytes).await;
        let fetched = fetch(&alex, &file).await;
        assert_eq!(fetched.status, 200, "{}", fetched.text);
        let kept = fetched.header("content-disposition").split(';').next().unwrap_or_default().to_owned();
        assert_eq!((kept.as_str(), fetched.header("content-type")), (disposition, served), "{declared}");
    }
}

#[tokio::test]
async fn any_file_name_can_be_downloaded() {
    let alex = with_task(Stack::shared()).await;
    for name in ["Entwurf “final” (2).txt", "日本語.txt", "a\"b;c=d.txt", "100%25 sure?.txt", "👍.txt"] {
        let file = attach(&alex, name, "text/plain", b"text").await;
        assert_eq!(file["name"], name);
        let fetched = fetch(&alex, &file).await;
        assert_eq!(fetched.status, 200, "{name}: {}", fetched.text);
        let header = fetched.header("content-disposition").to_owned();
        assert!(header.contains("filename*=UTF-8''") && header.matches('"').count() == 2, "{header}");
    }
}

#[tokio::test]
async fn viewers_can_download_and_strangers_cannot() {
    let alex = with_task(Stack::shared()).await;
    let file = attach(&alex, "a.txt", "text/plain", b"text").await;
    let vera = alex.invite("Vera", "guest", &[("WEB", "viewer")]).await;
    assert_eq!(fetch(&vera, &file).await.text, "text");
    let gus = alex.invite("Gus", "guest", &[]).await;
    gus.get(&path(&file)).await.problem(404);
    let eve = Stack::shared().person("Eve").await;
    eve.project("WEB").await;
    eve.task("WEB", "Hers").await;
    eve.get(&path(&file)).await.problem(404);
}
