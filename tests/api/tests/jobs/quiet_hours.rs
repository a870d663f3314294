use crate::{again, choose, move_to, run, subjects, two};
use millrace_api_tests::{Person, Stack};
use serde_json::json;

async fn assign(alex: &Person<'_>, bo: &Person<'_>) {
    let alex = again(alex).await;
    let task = alex.task("WEB", "Write the report").await;
    alex.post(&format!("/api/tasks/{task}/assign"), json!({"assignees": [bo.id]})).await.ok(200);
    alex.stack.idle().await;
    alex.stack.advance("PT31S").await;
}

#[tokio::test]
async fn mails_wait_for_the_end_of_quiet_hours_across_daylight_saving_changes() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    stack.advance("PT1M").await;
    choose(&bo, |own| {
        own["time_zone"] = json!("Europe/Berlin");
        own["quiet_hours"] = json!({"on": true, "from": "22:00", "to": "07:00"});
    })
    .await;
    // In the night to the 28th of March clocks in Berlin go from two to three.
    move_to(&stack, "2027-03-27T22:30:00Z").await;
    let before = subjects(&bo).len();
    assign(&alex, &bo).await;
    assert_eq!(subjects(&bo).len(), before);
    let mails = again(&alex).await.get("/api/admin/mails?limit=1").await.ok(200);
    assert_eq!(mails["items"][0]["status"], "waiting");
    move_to(&stack, "2027-03-28T04:55:00Z").await;
    run(&stack, "jobs-reminders").await;
    assert_eq!(subjects(&bo).len(), before, "it is five to seven");
    move_to(&stack, "2027-03-28T05:01:00Z").await;
    run(&stack, "jobs-reminders").await;
    assert_eq!(subjects(&bo).len(), before + 1, "it is seven, an hour earlier than the day before");
    let mails = again(&alex).await.get("/api/admin/mails?limit=1").await.ok(200);
    assert_eq!(mails["items"][0]["status"], "sent");
    assign(&alex, &bo).await;
    assert_eq!(subjects(&bo).len(), before + 2, "by day it does not wait");
}
