use crate::{again, assign, inbox, two, unread};
use millrace_api_tests::Stack;
use serde_json::json;

#[tokio::test]
async fn marking_as_read_decrements_the_count_once() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    for number in 1..=3 {
        let task = alex.task("WEB", &format!("Task {number}")).await;
        assign(&alex, &task, &[&bo]).await;
        stack.advance("PT1M").await;
    }
    let items = inbox(&bo).await;
    let titles: Vec<_> = items.iter().map(|item| &item["tasks"][0]["title"]).collect();
    assert_eq!(titles, ["Task 3", "Task 2", "Task 1"], "newest first");
    // Who came into the project heard of that before.
    let before = unread(&bo).await;
    let read = |id: &str| format!("/api/notifications/{id}/read");
    let newest = items[0]["id"].as_str().expect("an id");
    let after = bo.post(&read(newest), json!({})).await.ok(200);
    assert_eq!(after["unread_count"], before - 1);
    let again = bo.post(&read(newest), json!({})).await.ok(200);
    assert_eq!(again["unread_count"], before - 1, "reading again changes nothing");
    assert_eq!(unread(&bo).await, before - 1);
    let items = inbox(&bo).await;
    assert_eq!((&items[0]["read"], &items[1]["read"]), (&json!(true), &json!(false)));

    bo.post("/api/notifications/read-all", json!({})).await.ok(200);
    assert_eq!(unread(&bo).await, 0);
    assert!(inbox(&bo).await.iter().all(|item| item["read"] == true));
    let task = alex.task("WEB", "After all was read").await;
    assign(&alex, &task, &[&bo]).await;
    stack.idle().await;
    assert_eq!(unread(&bo).await, 1, "what comes later is unread");
}

#[tokio::test]
async fn notifications_are_paged_and_private() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    for number in 1..=5 {
        let task = alex.task("WEB", &format!("Task {number}")).await;
        assign(&alex, &task, &[&bo]).await;
        stack.advance("PT1M").await;
    }
    let (mut seen, mut path) = (Vec::new(), "/api/notifications?limit=2".to_owned());
    loop {
        let page = bo.get(&path).await.ok(200);
        seen.extend(page["items"].as_array().expect("items").iter().map(|item| item["id"].clone()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/notifications?limit=2&cursor={next}");
    }
    let all = inbox(&bo).await;
    assert_eq!(seen, all.iter().map(|item| item["id"].clone()).collect::<Vec<_>>());
    let own = all[0]["id"].as_str().expect("an id");
    alex.post(&format!("/api/notifications/{own}/read"), json!({})).await.problem(404);
    bo.post("/api/notifications/01K2Z3Y4X5W6V7T8S9R0Q1P2N3/read", json!({})).await.problem(404);
}

#[tokio::test]
async fn notifications_expire_after_ninety_days() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let task = alex.task("WEB", "Never read").await;
    assign(&alex, &task, &[&bo]).await;
    stack.idle().await;
    assert!(unread(&bo).await >= 1);
    stack.advance("PT2208H").await;
    let bo = again(&bo).await;
    assert_eq!((unread(&bo).await, inbox(&bo).await.len()), (0, 0));
}
