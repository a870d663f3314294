use crate::{ask, path, settled, with_tasks};
use millrace_api_tests::Stack;
use serde_json::json;

#[tokio::test]
async fn reports_are_private_and_listed_newest_first() {
    let stack = Stack::own().await;
    let (alex, _) = with_tasks(&stack).await;
    let sam = alex.invite("Sam", "admin", &[]).await;
    let first = settled(&alex, json!({"kind": "tasks", "format": "csv", "project": "WEB"})).await;
    let second = ask(&alex, json!({"kind": "velocity", "format": "pdf", "project": "WEB"})).await;
    let listed = alex.get("/api/reports").await.ok(200);
    assert_eq!(listed["items"], json!([second, first]));
    let part = alex.get("/api/reports?limit=1").await.ok(200);
    assert_eq!(part["items"], json!([second]));
    let next = part["next"].as_str().expect("a cursor");
    assert_eq!(alex.get(&format!("/api/reports?limit=1&cursor={next}")).await.ok(200)["items"], json!([first]));
    assert_eq!(sam.get("/api/reports").await.ok(200)["items"], json!([]));
    sam.get(&path(&first)).await.problem(404);
    sam.get(&format!("{}/download", path(&first))).await.problem(404);
    let eve = stack.person("Eve").await;
    eve.get(&path(&first)).await.problem(404);
    eve.get(&format!("{}/download", path(&first))).await.problem(404);
}
