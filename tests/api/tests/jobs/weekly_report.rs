use crate::{again, choose, move_to, run, subjects, today, two};
use jiff::{ToSpan, civil::Weekday};
use millrace_api_tests::{Person, Stack};
use serde_json::json;

fn reports(person: &Person<'_>) -> usize {
    subjects(person).iter().filter(|subject| subject.starts_with("The week in")).count()
}

#[tokio::test]
async fn owners_get_a_weekly_report_unless_nothing_happened() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let quiet = stack.person("Quinn").await;
    let task = alex.task("WEB", "Done this week").await;
    alex.task("WEB", "Opened this week").await;
    let board = alex.get("/api/projects/WEB/boards").await.ok(200)["items"][0]["id"].clone();
    let board = alex.board(board.as_str().expect("a board")).await;
    alex.move_task(&board, &task, 0, 4).await.ok(200);
    stack.idle().await;
    let days = 7 - i32::from(today(&stack).weekday().since(Weekday::Monday));
    let monday = today(&stack) + days.days();
    move_to(&stack, &format!("{monday}T07:05:00Z")).await;
    run(&stack, "jobs-weekly-report").await;
    assert_eq!((reports(&alex), reports(&bo), reports(&quiet)), (1, 0, 0), "{:?}", subjects(&alex));
    let text = stack.mail_to(&alex.email).await["text"].as_str().expect("a text").to_owned();
    assert!(text.contains("Project WEB: 1 done, 2 opened, 0 overdue, 0 comments"), "{text}");
    move_to(&stack, &format!("{}T07:05:00Z", monday + 7.days())).await;
    run(&stack, "jobs-weekly-report").await;
    assert_eq!(reports(&alex), 1, "nothing happened");

    choose(&alex, |own| own["weekly_report"] = json!(false)).await;
    again(&alex).await.task("WEB", "Opened later").await;
    stack.idle().await;
    move_to(&stack, &format!("{}T07:05:00Z", monday + 14.days())).await;
    run(&stack, "jobs-weekly-report").await;
    assert_eq!(reports(&alex), 1, "who wants none gets none");
}
