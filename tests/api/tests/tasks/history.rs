use millrace_api_tests::Stack;
use serde_json::json;

#[tokio::test]
async fn history_is_paged_newest_first() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    alex.task("WEB", "Version 1").await;
    alex.task("WEB", "Another").await;
    for version in 2..=7 {
        alex.patch("/api/tasks/WEB-1", json!({"title": format!("Version {version}")})).await.ok(200);
    }
    let (mut titles, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = alex.get(&format!("/api/tasks/WEB-1/history?limit=3&cursor={cursor}")).await.ok(200);
        for event in page["items"].as_array().expect("items") {
            titles.push(event["data"]["card"]["title"].as_str().expect("a title").to_owned());
        }
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => break,
        }
    }
    assert_eq!(titles, (1..=7).rev().map(|version| format!("Version {version}")).collect::<Vec<_>>());
    alex.get(&format!("/api/tasks/WEB-2/history?cursor={cursor}")).await.invalid(&["cursor"]);
    alex.get("/api/tasks/WEB-1/history?limit=0").await.invalid(&["limit"]);
    alex.get("/api/tasks/WEB-9/history").await.problem(404);
}
