use crate::{again, ask, fetch, made, path, settled, with_tasks};
use millrace_api_tests::{Reply, Stack};
use reqwest::{Client, redirect::Policy};
use serde_json::{Value, json};

fn tasks(format: &str) -> Value {
    json!({"kind": "tasks", "format": format, "project": "WEB"})
}

#[tokio::test]
async fn a_download_redirects_to_a_signed_url() {
    let stack = Stack::own().await;
    let (alex, _) = with_tasks(&stack).await;
    for (format, content_type) in [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("pdf", "application/pdf"),
    ] {
        let report = settled(&alex, tasks(format)).await;
        let client = Client::builder().redirect(Policy::none()).build().expect("a client");
        let request = client.get(stack.url(&format!("{}/download", path(&report)))).bearer_auth(&alex.token);
        let led = Reply::of(request).await;
        assert_eq!((led.status, led.header("cache-control")), (302, "no-store"), "{}", led.text);
        let address = led.header("location").to_owned();
        let fetched = stack.http.get(&address).send().await.expect("answers");
        assert_eq!(fetched.status(), 200);
        assert_eq!(fetched.headers()["content-type"], content_type);
        let kept = fetched.headers()["content-disposition"].to_str().expect("a header");
        let name = report["file_name"].as_str().expect("a name");
        assert!(kept.starts_with("attachment; ") && kept.contains(name), "{kept}");
        let bare = address.split('?').next().expect("an address");
        assert_eq!(Reply::of(stack.http.get(bare)).await.status, 403, "nothing is public");
    }
}

#[tokio::test]
async fn downloading_an_unfinished_report_is_409() {
    let stack = Stack::own().await;
    let (alex, _) = with_tasks(&stack).await;
    let asked = ask(&alex, tasks("csv")).await;
    alex.get(&format!("{}/download", path(&asked))).await.problem(409);
}

#[tokio::test]
async fn a_download_requires_current_access() {
    let stack = Stack::own().await;
    let (alex, _) = with_tasks(&stack).await;
    let mia = alex.invite("Mia", "member", &[("WEB", "manager")]).await;
    let of_web = json!({"kind": "time", "format": "csv", "project": "WEB"});
    let (time, _) = made(&mia, of_web).await;
    let (list, _) = made(&mia, tasks("csv")).await;
    alex.put(&format!("/api/projects/WEB/members/{}", mia.id), json!({"role": "developer"})).await.ok(200);
    mia.get(&format!("{}/download", path(&time))).await.problem(403);
    fetch(&mia, &list).await;
    alex.patch(&format!("/api/workspaces/{}/members/{}", alex.workspace, mia.id), json!({"role": "guest"}))
        .await
        .ok(200);
    mia.get(&format!("{}/download", path(&list))).await.problem(403);
    alex.delete(&format!("/api/workspaces/{}/members/{}", alex.workspace, mia.id)).await.ok(204);
    mia.get(&format!("{}/download", path(&list))).await.problem(403);
}

#[tokio::test]
async fn a_report_expires_after_30_days() {
    let stack = Stack::own().await;
    let (alex, _) = with_tasks(&stack).await;
    let (report, _) = made(&alex, tasks("csv")).await;
    stack.advance("PT719H").await;
    let alex = again(&alex).await;
    assert_eq!(alex.get("/api/reports").await.ok(200)["items"][0]["id"], report["id"]);
    stack.advance("PT2H").await;
    let alex = again(&alex).await;
    assert_eq!(alex.get("/api/reports").await.ok(200)["items"], json!([]));
    alex.get(&path(&report)).await.problem(404);
    alex.get(&format!("{}/download", path(&report))).await.problem(404);
}
