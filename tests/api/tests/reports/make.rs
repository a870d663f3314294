use crate::{again, ask, kept, report, settled, with_tasks};
use millrace_api_tests::{Person, Stack};
use millrace_platform::queue;
use serde_json::{Value, json};

fn tasks() -> Value {
    json!({"kind": "tasks", "format": "csv", "project": "WEB"})
}

/// Calls the consumer with the message of a report; what it could not do.
async fn deliver(person: &Person<'_>, asked: &Value) -> usize {
    let functions = millrace_infra::functions(millrace_infra::AREAS);
    let make = functions.iter().find(|declared| declared.name == "reports-make").expect("a function");
    let message = json!({"workspace": person.workspace, "person": person.id, "report": asked["id"]});
    let event = json!({"Records": [{"messageId": "again", "body": message.to_string()}]});
    let answer = make.invoke.expect("no route")(person.stack.server.platform().clone(), event).await.expect("answers");
    answer["batchItemFailures"].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn redelivered_report_messages_generate_one_file() {
    let stack = Stack::own().await;
    let (alex, _) = with_tasks(&stack).await;
    let made = settled(&alex, tasks()).await;
    assert_eq!(made["state"], "done", "{made}");
    for _ in 0..3 {
        assert_eq!(deliver(&alex, &made).await, 0);
    }
    assert_eq!(report(&alex, &made).await, made);
    let key = format!("reports/{}/{}", alex.workspace, made["id"].as_str().expect("an id"));
    assert_eq!(kept(&stack), [key]);
    stack.idle().await;
    let heard = alex.get("/api/notifications").await.ok(200)["items"].clone();
    let finished =
        json!({"work": "report", "id": made["id"], "name": made["file_name"], "project": null, "done": true});
    assert_eq!((heard.as_array().map(Vec::len), &heard[0]["kind"]), (Some(1), &json!("finished")), "{heard}");
    assert_eq!(heard[0]["finished"], finished);
}

#[tokio::test]
async fn failed_reports_notify_their_owner_unless_opted_out() {
    let stack = Stack::own().await;
    let (alex, _) = with_tasks(&stack).await;
    let mia = alex.invite("Mia", "member", &[("WEB", "manager")]).await;
    let wanted = json!({"kind": "time", "format": "csv", "project": "WEB"});
    ask(&mia, wanted).await;
    alex.put(&format!("/api/projects/WEB/members/{}", mia.id), json!({"role": "developer"})).await.ok(200);
    stack.advance("PT2S").await;
    let heard = mia.get("/api/notifications").await.ok(200)["items"].clone();
    let ends: Vec<&Value> =
        heard.as_array().expect("a list").iter().filter(|note| note["kind"] == "finished").collect();
    assert_eq!((ends.len(), &ends[0]["finished"]["done"]), (1, &json!(false)), "{heard}");
    let mut preferences = alex.get("/api/notifications/preferences").await.ok(200);
    preferences["events"]["finished"] = json!({"in_app": false, "email": false, "digest": false});
    alex.put("/api/notifications/preferences", preferences).await.ok(200);
    settled(&alex, tasks()).await;
    stack.idle().await;
    assert_eq!(alex.get("/api/notifications").await.ok(200)["items"], json!([]));
}

#[tokio::test]
async fn concurrent_consumers_generate_a_report_once() {
    let stack = Stack::own().await;
    let (alex, _) = with_tasks(&stack).await;
    let asked = ask(&alex, tasks()).await;
    let (one, other) = futures::join!(deliver(&alex, &asked), deliver(&alex, &asked));
    assert_eq!(one + other, 1, "the other one's message comes again");
    let made = report(&alex, &asked).await;
    assert_eq!((&made["state"], &made["rows"]), (&json!("done"), &json!(2)));
    stack.advance("PT2S").await;
    assert_eq!(report(&alex, &asked).await, made);
}

#[tokio::test]
async fn a_report_uses_its_owners_current_rights() {
    let stack = Stack::own().await;
    let (alex, _) = with_tasks(&stack).await;
    let mia = alex.invite("Mia", "member", &[("WEB", "manager")]).await;
    let asked = ask(&mia, json!({"kind": "time", "format": "csv", "project": "WEB"})).await;
    alex.put(&format!("/api/projects/WEB/members/{}", mia.id), json!({"role": "developer"})).await.ok(200);
    stack.advance("PT2S").await;
    let failed = report(&mia, &asked).await;
    assert_eq!((&failed["state"], &failed["size"]), (&json!("failed"), &Value::Null), "{failed}");
    assert_eq!(failed["reason"], "Only a manager reads the timesheets of others.");
    let list = ask(&mia, tasks()).await;
    alex.delete(&format!("/api/workspaces/{}/members/{}", alex.workspace, mia.id)).await.ok(204);
    stack.advance("PT2S").await;
    assert!(kept(&stack).is_empty(), "{list}: {:?}", kept(&stack));
    let depths = stack.server.stand_ins().queues().depths().expect("depths");
    assert!(depths.iter().all(|queue| queue.visible + queue.delayed == 0), "whoever is refused is not tried again");
}

#[tokio::test]
async fn a_report_of_a_deleted_project_fails_with_a_reason() {
    let stack = Stack::own().await;
    let (alex, _) = with_tasks(&stack).await;
    let asked = ask(&alex, tasks()).await;
    alex.delete("/api/projects/WEB").await.ok(204);
    stack.advance("PT2S").await;
    let failed = report(&alex, &asked).await;
    assert_eq!((&failed["state"], &failed["reason"]), (&json!("failed"), &json!("There is no such project here.")));
}

#[tokio::test]
async fn a_report_that_keeps_failing_is_dead_lettered_and_marked_failed() {
    let stack = Stack::own().await;
    let (alex, _) = with_tasks(&stack).await;
    let bucket = stack.server.stand_ins().buckets_folder().join("millrace-files");
    // Where a folder is wanted is a file: the bucket takes no report.
    std::fs::write(bucket.join("reports"), "in the way").expect("writes");
    let asked = ask(&alex, tasks()).await;
    stack.advance("PT2S").await;
    assert_eq!(report(&alex, &asked).await["state"], "queued", "it is tried again");
    for pause in ["PT15S", "PT1M", "PT4M"] {
        stack.advance(pause).await;
    }
    stack.advance("PT17M").await;
    let alex = again(&alex).await;
    let failed = report(&alex, &asked).await;
    assert_eq!(
        (&failed["state"], &failed["reason"]),
        (&json!("failed"), &json!("Something went wrong on our side. Try again."))
    );
    stack.advance("PT65M").await;
    let depths = stack.server.stand_ins().queues().depths().expect("depths");
    let own = depths.iter().find(|queue| queue.name == "millrace-reports").expect("the queue");
    assert_eq!((own.dead_letters, own.visible, own.delayed), (1, 0, 0));
}

#[tokio::test]
async fn a_message_without_a_report_is_dropped() {
    let stack = Stack::own().await;
    let (alex, _) = with_tasks(&stack).await;
    let sqs = aws_sdk_sqs::Client::new(&stack.server.stand_ins().sdk_config());
    let url = &stack.server.platform().settings.queues[queue::REPORTS.as_str()];
    let message = json!({"workspace": alex.workspace, "person": alex.id, "report": "rep_AAAA"});
    sqs.send_message().queue_url(url).message_body(message.to_string()).send().await.expect("is taken");
    for _ in 0..2 {
        stack.advance("PT16S").await;
    }
    let depths = stack.server.stand_ins().queues().depths().expect("depths");
    let own = depths.iter().find(|queue| queue.name == "millrace-reports").expect("the queue");
    assert_eq!((own.dead_letters, own.visible, own.delayed, own.in_flight), (0, 0, 0, 0));
}
