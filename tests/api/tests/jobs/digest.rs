use crate::{again, choose, heard, move_ahead, run, subjects, two};
use millrace_api_tests::{Person, Stack};
use serde_json::json;

fn summaries(person: &Person<'_>) -> usize {
    subjects(person).iter().filter(|subject| subject.starts_with("Your day in")).count()
}

#[tokio::test]
async fn a_digest_lists_unread_notifications_once_a_day_at_local_morning() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let carl = again(&alex).await.invite("Carl", "member", &[("WEB", "developer")]).await;
    choose(&bo, |own| {
        own["time_zone"] = json!("Asia/Kathmandu");
        own["digest_at"] = json!("07:15");
    })
    .await;
    let board = again(&bo).await.get("/api/projects/WEB/boards").await.ok(200)["items"][0]["id"].clone();
    let board = again(&alex).await.board(board.as_str().expect("a board")).await;
    let (first, second) = (bo.task("WEB", "Hers").await, carl.task("WEB", "His").await);
    let third = bo.task("WEB", "Hers too").await;
    for task in [&first, &second, &third] {
        again(&alex).await.move_task(&board, task, 0, 2).await.ok(200);
        stack.idle().await;
        stack.advance("PT1M").await;
    }
    let read = heard(&bo, "status_changed").await[0]["id"].as_str().expect("an id").to_owned();
    again(&bo).await.post(&format!("/api/notifications/{read}/read"), json!({})).await.ok(200);

    // In Kathmandu it is a quarter past seven at half past one.
    move_ahead(&stack, 1, "01:20:00").await;
    run(&stack, "jobs-digest").await;
    assert_eq!(summaries(&bo), 0);
    move_ahead(&stack, 0, "01:31:00").await;
    run(&stack, "jobs-digest").await;
    assert_eq!((summaries(&bo), summaries(&carl)), (1, 0));
    let mail = stack.mail_to(&bo.email).await;
    let text = mail["text"].as_str().expect("a text");
    assert!(text.contains("Alex moved WEB-1 Hers to In progress"), "{text}");
    assert!(!text.contains("His") && !text.contains("Hers too"), "{text}");
    move_ahead(&stack, 1, "01:31:00").await;
    run(&stack, "jobs-digest").await;
    assert_eq!(summaries(&bo), 1, "nothing new, no mail");
    assert_eq!(summaries(&carl), 1, "his came at eight");
}
