use crate::{again, heard, move_ahead, run, subjects, today, two};
use jiff::ToSpan;
use millrace_api_tests::{Person, Stack};
use millrace_localstack::aws::meter::{Cost, Meter};
use serde_json::{Value, json};

/// A task that is due in some days, given to `person`.
async fn task_due(alex: &Person<'_>, person: &Person<'_>, days: i32, priority: &str) -> String {
    let due = today(alex.stack) + days.days();
    let sent = json!({"title": "File the taxes", "due_date": due, "priority": priority, "assignees": [person.id]});
    let task = again(alex).await.post("/api/projects/WEB/tasks", sent).await.ok(201);
    alex.stack.idle().await;
    task["key"].as_str().expect("a key").to_owned()
}

#[tokio::test]
async fn due_date_notices_are_sent_the_day_before_on_the_day_and_when_overdue() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let due = today(&stack) + 3.days();
    let task = task_due(&alex, &bo, 3, "medium").await;
    let done = task_due(&alex, &bo, 3, "medium").await;
    let board = again(&alex).await.get(&format!("/api/tasks/{done}")).await.ok(200)["board_id"].clone();
    let board = again(&alex).await.board(board.as_str().expect("a board")).await;
    again(&alex).await.move_task(&board, &done, 0, 4).await.ok(200);

    move_ahead(&stack, 2, "08:50:00").await;
    run(&stack, "jobs-reminders").await;
    assert_eq!(heard(&bo, "due").await.len(), 0, "not before the working day begins");
    move_ahead(&stack, 0, "09:05:00").await;
    run(&stack, "jobs-reminders").await;
    let told = heard(&bo, "due").await;
    assert_eq!((told.len(), &told[0]["due_date"], &told[0]["task_count"]), (1, &json!(due), &json!(1)));
    assert_eq!((&told[0]["tasks"][0]["key"], &told[0]["actor"]["kind"]), (&json!(task), &json!("system")));
    assert_eq!(subjects(&bo)[0], format!("{task} File the taxes is due on {due}"));
    move_ahead(&stack, 1, "09:05:00").await;
    run(&stack, "jobs-reminders").await;
    assert_eq!(heard(&bo, "due").await.len(), 2, "once more on the day");
    run(&stack, "jobs-overdue").await;
    assert_eq!(heard(&bo, "overdue").await.len(), 0);

    move_ahead(&stack, 1, "00:30:00").await;
    run(&stack, "jobs-overdue").await;
    assert_eq!(heard(&bo, "overdue").await.len(), 1);
    assert_eq!(heard(&alex, "overdue").await.len(), 0);
    let history = again(&alex).await.get(&format!("/api/tasks/{task}/history?limit=1")).await.ok(200);
    let marked = &history["items"][0];
    assert_eq!((&marked["actor"]["kind"], &marked["changes"][0]["field"]), (&json!("system"), &json!("overdue")));
    again(&alex).await.patch(&format!("/api/tasks/{task}"), json!({"title": "File the taxes now"})).await.ok(200);
    move_ahead(&stack, 1, "09:05:00").await;
    run(&stack, "jobs-overdue").await;
    run(&stack, "jobs-reminders").await;
    assert_eq!((heard(&bo, "overdue").await.len(), heard(&bo, "due").await.len()), (1, 2), "once for each due date");
    assert_eq!(heard(&alex, "overdue").await.len(), 0, "what is not urgent is not escalated");
}

#[tokio::test]
async fn overdue_urgent_tasks_are_escalated_to_managers_after_a_day() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let mia = again(&alex).await.invite("Mia", "member", &[("WEB", "manager")]).await;
    let task = task_due(&alex, &bo, 0, "urgent").await;
    move_ahead(&stack, 1, "00:30:00").await;
    run(&stack, "jobs-overdue").await;
    assert_eq!((heard(&bo, "overdue").await.len(), heard(&mia, "overdue").await.len()), (1, 0));
    move_ahead(&stack, 1, "00:30:00").await;
    run(&stack, "jobs-overdue").await;
    let told = heard(&mia, "overdue").await;
    assert_eq!((told.len(), &told[0]["tasks"][0]["key"]), (1, &json!(task)));
    assert_eq!(heard(&bo, "overdue").await.len(), 1);
    move_ahead(&stack, 1, "00:30:00").await;
    run(&stack, "jobs-overdue").await;
    assert_eq!(heard(&mia, "overdue").await.len(), 1);
}

#[tokio::test]
async fn a_due_date_set_in_the_past_is_announced() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    task_due(&alex, &bo, -40, "low").await;
    run(&stack, "jobs-overdue").await;
    assert_eq!(heard(&bo, "overdue").await.len(), 1);
}

#[tokio::test]
async fn due_dates_follow_the_workspaces_time_zone() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let calendar = format!("/api/workspaces/{}/calendar", alex.workspace);
    let mut sydney = alex.get(&calendar).await.ok(200);
    sydney.as_object_mut().expect("fields").remove("version");
    sydney["time_zone"] = json!("Australia/Sydney");
    alex.put(&calendar, sydney).await.ok(200);
    move_ahead(&stack, 1, "12:00:00").await;
    task_due(&alex, &bo, 1, "medium").await;
    run(&stack, "jobs-reminders").await;
    assert_eq!(heard(&bo, "due").await.len(), 1, "of what is due tomorrow");
    // In Sydney the working day begins at 22:00 or 23:00 by UTC, the day before.
    move_ahead(&stack, 0, "23:10:00").await;
    run(&stack, "jobs-reminders").await;
    assert_eq!(heard(&bo, "due").await.len(), 2, "it is due today");
    move_ahead(&stack, 1, "12:30:00").await;
    run(&stack, "jobs-overdue").await;
    assert_eq!(heard(&bo, "overdue").await.len(), 0, "the day is not over in Sydney");
    move_ahead(&stack, 0, "14:30:00").await;
    run(&stack, "jobs-overdue").await;
    assert_eq!(heard(&bo, "overdue").await.len(), 1);
}

async fn cost(stack: &Stack, job: &str) -> Cost {
    let functions = millrace_infra::functions(millrace_infra::AREAS);
    let declared = functions.iter().find(|declared| declared.name == job).expect("a job");
    let (meter, invoke) = (Meter::new(), declared.invoke.expect("a job"));
    meter.scope(invoke(stack.server.platform().clone(), Value::Null)).await.expect("does it");
    meter.report()
}

#[tokio::test]
async fn tasks_that_are_not_due_cost_nothing() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let mut before = Vec::new();
    for job in ["jobs-overdue", "jobs-reminders", "jobs-digest", "jobs-cleanup", "jobs-weekly-report"] {
        before.push((job, cost(&stack, job).await));
    }
    for days in 5..25 {
        task_due(&alex, &bo, days, "medium").await;
    }
    for (job, before) in before {
        let after = cost(&stack, job).await;
        assert_eq!((after.read_units, after.round_trips), (before.read_units, before.round_trips), "{job}");
    }
}
