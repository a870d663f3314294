//! jobs-reminders

use crate::{
    parts::failures::{Failures, by_workspace},
    parts::notice::{latest_day, noticed},
};
use jiff::civil::Date;
use millrace_domain::{event::Actor, id::MailId, notification::notice::NoticeData, task::due::next_step};
use millrace_endpoint::{Error, Job, Result, Run, Table, Write, capability::Sender, racing::again};
use millrace_mail::MailRequest;
use millrace_platform::queue::Noticed;
use millrace_store::{
    Scope, Stored, Transaction,
    due::{DueIndex, DueWalk},
    mail::{MailRecord, MailStatus},
    scope::Internal,
    task::TaskRecord,
};
use millrace_task_changes::TaskWriter;

/// Sends reminders before tasks are due, once the workspace's working day has begun, and sends mails held back by quiet
/// hours.
///
/// A processed task leaves the index: an interrupted run is continued by the next.
#[derive(Clone)]
pub struct Reminders;

impl Job for Reminders {
    const NAME: &'static str = "jobs-reminders";
    const ABOUT: &'static str = "Reminds assignees of tasks that are due tomorrow or today, when the working day of their workspace begins, and sends mails whose quiet hours are over.";
    const SCHEDULE: &'static str = "rate(15 minutes)";
    type Uses = (Table<Write>, DueIndex, Sender<Noticed>, Sender<MailRequest>);

    async fn run(run: Run<Self>) -> Result<()> {
        let mut failures = Failures::default();
        send_waiting(&run, &mut failures).await?;
        remind(&run, &mut failures).await?;
        failures.end()
    }
}

async fn remind(run: &Run<Reminders>, failures: &mut Failures) -> Result<()> {
    let (table, index): (&Table<Write>, &DueIndex) = (run.uses(), run.uses());
    let (until, mut walk) = (latest_day(run.now), DueWalk::default());
    while let Some(due) = walk.next(|shard, after| index.reminders(until, shard, after)).await? {
        for (scope, tasks) in by_workspace(due) {
            let calendar = table.calendar(&scope).await?;
            if !calendar.has_begun(run.now) {
                continue;
            }
            let today = calendar.day_at(run.now);
            for task in table.live_tasks(&scope, &tasks).await? {
                failures.note(scope.workspace(), remind_of(run, &scope, task, today).await);
            }
        }
    }
    Ok(())
}

/// Sends a task's notice and schedules its next step. The notice is enqueued first: a repeated one is recognised by its
/// id, whereas one that was never enqueued would be lost.
async fn remind_of(run: &Run<Reminders>, scope: &Scope<Internal>, task: Stored<TaskRecord>, today: Date) -> Result<()> {
    let table: &Table<Write> = run.uses();
    let fields = &task.value.fields;
    let told_of = match next_step(fields, today) {
        Some(next) if next.step.is_reminder() && next.from > today => return Ok(()),
        Some(next) if next.step.is_reminder() => {
            if let Some(due_date) = fields.due_date {
                let data = NoticeData::Reminder { task: fields.key.clone(), due_date, step: next.step };
                let notice = noticed(scope.workspace(), fields, next, run.now, data);
                run.uses::<Sender<Noticed>, _>().send(&notice).await?;
            }
            Some(next)
        }
        _ => None,
    };
    let change = TaskWriter::acting(scope, Actor::system(), run.now).remember_due(&task, told_of, today);
    match table.commit(change).await {
        // Somebody changes it at this moment: the next run finds it.
        Err(Error::Raced) => Ok(()),
        other => other,
    }
}

async fn send_waiting(run: &Run<Reminders>, failures: &mut Failures) -> Result<()> {
    let (index, mut walk): (&DueIndex, _) = (run.uses(), DueWalk::default());
    while let Some(due) = walk.next(|shard, after| index.mails(run.now, shard, after)).await? {
        for (scope, mail) in &due {
            failures.note(scope.workspace(), again(|| send(run, scope, *mail)).await);
        }
    }
    Ok(())
}

async fn send(run: &Run<Reminders>, scope: &Scope<Internal>, mail: MailId) -> Result<()> {
    let table: &Table<Write> = run.uses();
    let stored = table.mail(scope, mail).await?;
    if stored.value.status == MailStatus::Waiting {
        let request = MailRequest::Deliver { workspace: scope.workspace().clone(), mail };
        run.uses::<Sender<MailRequest>, _>().send(&request).await?;
    }
    let status = if stored.value.status == MailStatus::Waiting { MailStatus::Queued } else { stored.value.status };
    let queued = MailRecord { status, updated_at: run.now, ..stored.value.clone() };
    let mut change = Transaction::internal(scope);
    change.update_mail(scope, &stored, &queued);
    table.commit(change).await
}
