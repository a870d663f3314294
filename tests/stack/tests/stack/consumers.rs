//! What happens reaches those who follow it, by the stream and the queues.

use crate::{
    deployed::{Deployed, until},
    person::{Person, text},
    routes::send,
};
use anyhow::{Result, ensure};
use aws_sdk_lambda::primitives::Blob;
use serde_json::{Value, json};

/// An event becomes a notification, a line of the audit trail, and a figure.
pub async fn an_event_reaches_all_who_follow(deployed: &Deployed) -> Result<()> {
    let owner = Person::register(deployed, "nora").await?;
    let other = owner.invite("otto").await?;
    let project = json!({"key": "FOL", "name": "Followed"});
    owner.call("projects-create", &[], Some(project)).await?.ok(201)?;
    let member = [("project", "FOL"), ("user_id", other.id.as_str())];
    owner.call("projects-put-member", &member, Some(json!({"role": "developer"}))).await?;
    let task = json!({"title": "Follow it", "assignees": [other.id]});
    let task = owner.call("tasks-create", &[("project", "FOL")], Some(task)).await?.ok(201)?;
    let key = text(&task["key"])?;

    let found = |answer: &Value| answer["items"].as_array().is_some_and(|items| !items.is_empty()).then_some(());
    until("a notification", || async { Ok(found(&other.call("notifications-list", &[], None).await?.ok(200)?)) })
        .await?;
    deployed.saw("notify-dispatch");
    let of_task = |answer: &Value| {
        let mut items = answer["items"].as_array()?.iter();
        items.any(|event| event["task"] == json!(key) && event["type"] == "task.created").then_some(())
    };
    until("a line of the audit trail", || async {
        Ok(of_task(&owner.call("workspaces-audit", &[], None).await?.ok(200)?))
    })
    .await?;
    deployed.saw("audit-write");
    let counted = |answer: &Value| (answer["last_7_days"]["now"]["created"] == 1).then_some(());
    until("a figure", || async { Ok(counted(&owner.call("analytics-dashboard", &[], None).await?.ok(200)?)) }).await?;
    deployed.saw("analytics-aggregate");
    Ok(())
}

/// A task closes with the last of its parts.
pub async fn a_task_closes_with_its_parts(deployed: &Deployed) -> Result<()> {
    let owner = Person::register(deployed, "pia").await?;
    owner.call("projects-create", &[], Some(json!({"key": "PAR", "name": "Parts"}))).await?.ok(201)?;
    owner.call("projects-update", &[("project", "PAR")], Some(json!({"close_parent": true}))).await?.ok(200)?;
    for task in [json!({"title": "The whole"}), json!({"title": "The part", "parent": "PAR-1"})] {
        owner.call("tasks-create", &[("project", "PAR")], Some(task)).await?.ok(201)?;
    }
    let done = json!({"tasks": ["PAR-2"], "set": {"status": "done"}});
    let answer = owner.call("tasks-bulk", &[], Some(done)).await?.ok(200)?;
    ensure!(answer["items"][0]["status"] == 200, "the part was not done: {answer}");
    let closed = |task: &Value| (task["status"] == "done").then_some(());
    until("the task's end", || async {
        Ok(closed(&owner.call("tasks-get", &[("task", "PAR-1")], None).await?.ok(200)?))
    })
    .await?;
    deployed.saw("tasks-close-parent");
    Ok(())
}

pub async fn a_timer_follows_its_task(deployed: &Deployed) -> Result<()> {
    let owner = Person::register(deployed, "tim").await?;
    owner.call("projects-create", &[], Some(json!({"key": "TIM", "name": "Timed"}))).await?.ok(201)?;
    owner.call("projects-update", &[("project", "TIM")], Some(json!({"track_time": true}))).await?.ok(200)?;
    owner.call("tasks-create", &[("project", "TIM")], Some(json!({"title": "In work"}))).await?.ok(201)?;
    let begun = json!({"tasks": ["TIM-1"], "set": {"status": "in_progress"}});
    owner.call("tasks-bulk", &[], Some(begun)).await?.ok(200)?;
    until("the timer", || async {
        let current = owner.call("time-current", &[], None).await?.ok(200)?;
        Ok((current["timer"]["task"] == "TIM-1").then_some(()))
    })
    .await?;
    deployed.saw("time-track");
    Ok(())
}

/// A report is made by its worker, and its file is a workbook.
pub async fn a_report_is_made(deployed: &Deployed) -> Result<()> {
    let owner = Person::register(deployed, "rosa").await?;
    owner.call("projects-create", &[], Some(json!({"key": "REP", "name": "Reported"}))).await?.ok(201)?;
    owner.call("tasks-create", &[("project", "REP")], Some(json!({"title": "Tell of it"}))).await?.ok(201)?;
    let request = json!({"kind": "tasks", "format": "xlsx", "project": "REP"});
    let asked = owner.call("reports-create", &[], Some(request)).await?.ok(201)?;
    let id = text(&asked["id"])?;
    let done = |report: &Value| (report["state"] == "done").then_some(());
    let report = [("report_id", id.as_str())];
    until("a report", || async { Ok(done(&owner.call("reports-get", &report, None).await?.ok(200)?)) }).await?;
    deployed.saw("reports-make");
    Ok(())
}

/// A file that is imported is read out of the bucket, and its tasks are made.
pub async fn an_import_is_carried_out(deployed: &Deployed) -> Result<()> {
    let owner = Person::register(deployed, "ines").await?;
    let project = json!({"key": "IMP", "name": "Imported"});
    owner.call("projects-create", &[], Some(project)).await?.ok(201)?;
    let table = b"Title,Status\nOne,To do\nTwo,Done\n";
    let file = json!({"project": "IMP", "format": "csv", "name": "two.csv", "size": table.len()});
    let begun = owner.call("data-import", &[], Some(file)).await?.ok(201)?;
    send(&begun["upload"], table).await?;
    let id = text(&begun["import_id"])?;
    let start = json!({"project": "IMP", "import_id": id, "dry_run": false});
    owner.call("data-import", &[], Some(start)).await?.ok(201)?;
    let done = |found: &Value| (found["import"]["state"] == "done").then_some(());
    let named = [("import_id", id.as_str())];
    until("an import's end", || async { Ok(done(&owner.call("data-import-status", &named, None).await?.ok(200)?)) })
        .await?;
    let tasks = owner.call("tasks-list-project", &[("project", "IMP")], None).await?.ok(200)?;
    ensure!(tasks["items"].as_array().map(Vec::len) == Some(2), "two tasks were to come in: {tasks}");
    deployed.saw("data-import-run");
    Ok(())
}

/// MiniStack sends no events of its buckets to queues: the message that S3 sends when they are set up is delivered by
/// hand, and taken.
pub async fn a_message_of_the_bucket_is_taken(deployed: &Deployed) -> Result<()> {
    let lambda = aws_sdk_lambda::Client::new(&deployed.cloud.sdk);
    let body = json!({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "files"}).to_string();
    let event = json!({"Records": [{"messageId": "test", "body": body}]}).to_string();
    let name = format!("millrace-{}-attachments-scan", crate::deployed::STAGE);
    let answer = lambda.invoke().function_name(name).payload(Blob::new(event)).send().await?;
    let answered: Value =
        answer.payload().map(|payload| serde_json::from_slice(payload.as_ref())).transpose()?.unwrap_or_default();
    let failed = answered["batchItemFailures"].as_array().is_some_and(|failures| !failures.is_empty());
    ensure!(answer.function_error().is_none() && !failed, "the message was not taken: {answered}");
    deployed.saw("attachments-scan");
    Ok(())
}
