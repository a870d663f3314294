use millrace_api_tests::Stack;
use serde_json::{Value, json};

fn ids(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().expect("items");
    items.iter().map(|event| event["id"].as_str().expect("an id").to_owned()).collect()
}

#[tokio::test]
async fn a_timeline_is_newest_first_and_a_feed_oldest_first() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let other = alex.post("/api/projects/WEB/boards", json!({"name": "Other"})).await.ok(201);
    for number in 0..5 {
        alex.task("WEB", &format!("Card {number}")).await;
    }
    let path = format!("/api/boards/{}/events", board.id);
    let timeline = alex.get(&path).await.ok(200);
    let types: Vec<_> = timeline["items"].as_array().expect("events").iter().map(|event| &event["type"]).collect();
    assert_eq!(
        types,
        ["task.created", "task.created", "task.created", "task.created", "task.created", "project.created"]
    );
    assert_eq!(timeline["items"][5]["board_id"], Value::Null);
    assert_eq!(timeline["items"][0]["board_id"], board.id.as_str());

    let mut newest = ids(&timeline);
    let (mut paged, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = alex.get(&format!("{path}?limit=2&cursor={cursor}")).await.ok(200);
        paged.extend(ids(&page));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => break,
        }
    }
    assert_eq!(paged, newest);
    newest.reverse();
    let after = alex.get(&format!("{path}?after={}&limit=3", newest[1])).await.ok(200);
    assert_eq!(ids(&after), newest[2..5]);
    let rest =
        alex.get(&format!("{path}?after={}&cursor={}", newest[1], after["next"].as_str().expect("more"))).await.ok(200);
    assert_eq!((ids(&rest), rest["next"].is_null()), (newest[5..].to_vec(), true));

    let others = alex.get(&format!("/api/boards/{}/events", other["id"].as_str().expect("an id"))).await.ok(200);
    let types: Vec<_> = others["items"].as_array().expect("events").iter().map(|event| &event["type"]).collect();
    assert_eq!(types, ["board.updated", "project.created"]);
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let path = format!("/api/boards/{}/events", board.id);
    for (query, field) in [
        ("after=yesterday", "after"),
        ("after=ZZZZZZZZZZZZZZZZZZZZZZZZZZ", "after"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=1000", "limit"),
        ("cursor=x", "cursor"),
    ] {
        alex.get(&format!("{path}?{query}")).await.invalid(&[field]);
    }
    let board_update = alex.patch(&format!("/api/boards/{}", board.id), json!({"name": "Renamed"})).await.ok(200);
    let newest = alex.get(&format!("{path}?limit=1")).await.ok(200);
    assert_eq!(newest["items"][0]["data"]["board"], board_update);
    assert_eq!(newest["items"][0]["changes"], json!([{"field": "name", "from": "Project WEB", "to": "Renamed"}]));
    assert_eq!(newest["items"][0]["actor"], json!({"id": alex.id, "name": "Alex", "kind": "user"}));
}
