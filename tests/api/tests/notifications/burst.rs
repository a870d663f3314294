use crate::{another, assign, inbox, last_event, queue, subjects, two, unread};
use millrace_api_tests::Stack;
use serde_json::json;

#[tokio::test]
async fn a_batch_of_a_hundred_changes_is_one_notification_and_one_mail() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let mut messages = Vec::new();
    for number in 1..=100 {
        alex.task("WEB", &format!("Task {number}")).await;
    }
    assign(&alex, "WEB-1", &[&bo]).await;
    stack.advance("PT2M").await;
    let (before, mails, items) = (unread(&bo).await, subjects(&bo).await.len(), inbox(&bo).await.len());
    let event = last_event(&alex, "WEB-1").await;
    for number in 1..=100 {
        let mut event = another(&event, number);
        event["task"] = json!(format!("WEB-{number}"));
        event["batch"] = json!("01K2Z3Y4X5W6V7T8S9R0Q1P2N3");
        messages.push(event.to_string());
    }
    queue(&stack, &messages).await;
    let heard = inbox(&bo).await;
    assert_eq!((heard.len(), unread(&bo).await), (items + 1, before + 1));
    assert_eq!((&heard[0]["task_count"], &heard[0]["event_count"]), (&json!(100), &json!(100)));
    assert_eq!(heard[0]["tasks"].as_array().map(Vec::len), Some(5));
    stack.advance("PT1M").await;
    let told = subjects(&bo).await;
    assert_eq!(told.len(), mails + 1);
    assert_eq!(told[0], "Alex assigned 100 tasks to you");
}

#[tokio::test]
async fn a_bulk_edit_of_a_hundred_tasks_is_one_notification_and_one_mail() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let mut keys = Vec::new();
    for number in 1..=100 {
        keys.push(alex.task("WEB", &format!("Task {number}")).await);
    }
    stack.advance("PT2M").await;
    let (before, mails, items) = (unread(&bo).await, subjects(&bo).await.len(), inbox(&bo).await.len());
    let set = json!({"add_assignees": [bo.id], "priority": "high"});
    let answer = alex.post("/api/tasks/bulk", json!({"tasks": keys, "set": set})).await.ok(200);
    assert!(answer["items"].as_array().expect("lines").iter().all(|line| line["status"] == 200), "{answer}");
    let heard = inbox(&bo).await;
    assert_eq!((heard.len(), unread(&bo).await), (items + 1, before + 1));
    assert_eq!((&heard[0]["task_count"], &heard[0]["event_count"]), (&json!(100), &json!(100)));
    stack.advance("PT1M").await;
    let told = subjects(&bo).await;
    assert_eq!((told.len(), told[0].as_str()), (mails + 1, "Alex assigned 100 tasks to you"));
}

#[tokio::test]
async fn a_burst_by_one_person_is_one_notification() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    stack.advance("PT2M").await;
    let before = inbox(&bo).await.len();
    for number in 1..=3 {
        let task = alex.task("WEB", &format!("Task {number}")).await;
        assign(&alex, &task, &[&bo]).await;
    }
    let heard = inbox(&bo).await;
    assert_eq!((heard.len(), &heard[0]["task_count"]), (before + 1, &json!(3)));
    stack.advance("PT1M").await;
    assert_eq!(subjects(&bo).await[0], "Alex assigned 3 tasks to you");
    let task = alex.task("WEB", "Task 4").await;
    assign(&alex, &task, &[&bo]).await;
    assert_eq!(inbox(&bo).await.len(), before + 2);
    let read = inbox(&bo).await[0]["id"].as_str().expect("an id").to_owned();
    bo.post(&format!("/api/notifications/{read}/read"), json!({})).await.ok(200);
    let task = alex.task("WEB", "Task 5").await;
    assign(&alex, &task, &[&bo]).await;
    let heard = inbox(&bo).await;
    assert_eq!((heard.len(), &heard[0]["read"]), (before + 3, &json!(false)), "what was read does not go on");
}
