//! jobs-overdue

use crate::{
    parts::failures::{Failures, by_workspace},
    parts::notice::{latest_day, noticed},
};
use jiff::civil::Date;
use millrace_domain::{
    event::Actor,
    id::{TaskKey, UserId},
    notification::notice::NoticeData,
    task::due::{DueNext, DueStep, next_step},
    workspace::role::{ProjectRole, WorkspaceRole},
};
use millrace_endpoint::{Error, Job, Result, Run, Table, Write, capability::Sender, racing::again};
use millrace_platform::queue::Noticed;
use millrace_store::{
    Scope,
    due::{DueIndex, DueWalk},
    scope::Internal,
};
use millrace_task_changes::{Found, TaskWriter};

/// Marks tasks whose due date has passed, and escalates urgent ones to the project's managers a day later.
///
/// The mark and its event are one write, so each due date is announced once. A processed task leaves the index: an
/// interrupted run is continued by the next.
#[derive(Clone)]
pub struct Overdue;

impl Job for Overdue {
    const NAME: &'static str = "jobs-overdue";
    const ABOUT: &'static str = "Marks tasks whose due date has passed where their workspace is, which tells their assignees once, and tells the managers of a project of urgent ones a day later.";
    const SCHEDULE: &'static str = "rate(1 hour)";
    type Uses = (Table<Write>, DueIndex, Sender<Noticed>);

    async fn run(run: Run<Self>) -> Result<()> {
        let mut failures = Failures::default();
        look_at(&run, Due::Overdue, &mut failures).await?;
        // Where nobody was reminded of a task on its day, it waits for that still.
        look_at(&run, Due::Reminders, &mut failures).await?;
        failures.end()
    }
}

#[derive(Clone, Copy)]
enum Due {
    Overdue,
    Reminders,
}

async fn look_at(run: &Run<Overdue>, what: Due, failures: &mut Failures) -> Result<()> {
    let (table, index): (&Table<Write>, &DueIndex) = (run.uses(), run.uses());
    let (until, mut walk) = (latest_day(run.now), DueWalk::default());
    let read = async |shard, after| match what {
        Due::Overdue => index.overdue(until, shard, after).await,
        Due::Reminders => index.reminders(until, shard, after).await,
    };
    while let Some(due) = walk.next(&read).await? {
        for (scope, tasks) in by_workspace(due) {
            let today = table.calendar(&scope).await?.day_at(run.now);
            for task in table.live_tasks(&scope, &tasks).await? {
                let next = next_step(&task.value.fields, today);
                if next.is_some_and(|next| next.step.is_reminder() || next.from > today) {
                    continue;
                }
                failures.note(scope.workspace(), again(|| mark(run, &scope, &task.value.fields.key, today)).await);
            }
        }
    }
    Ok(())
}

async fn mark(run: &Run<Overdue>, scope: &Scope<Internal>, task: &TaskKey, today: Date) -> Result<()> {
    let table: &Table<Write> = run.uses();
    let found = match Found::read(table, scope, task, run.now).await {
        Ok(found) => found,
        // The index lags behind: it was removed since.
        Err(Error::NotFound(_)) => return Ok(()),
        Err(other) => return Err(other),
    };
    if found.whole.archived() {
        return Ok(());
    }
    let (fields, writer) = (found.fields(), TaskWriter::acting(scope, Actor::system(), run.now));
    let change = match next_step(fields, today).filter(|next| next.from <= today) {
        Some(next @ DueNext { step: DueStep::Overdue, .. }) => writer.mark_overdue(&found, next, today)?.change,
        Some(next @ DueNext { step: DueStep::Escalated, .. }) => {
            let to = answerable(table, scope, task).await?;
            if let Some(due_date) = fields.due_date {
                let data = NoticeData::Escalation { task: fields.key.clone(), due_date, to };
                let notice = noticed(scope.workspace(), fields, next, run.now, data);
                run.uses::<Sender<Noticed>, _>().send(&notice).await?;
            }
            writer.remember_due(&found.whole.fields, Some(next), today)
        }
        _ => writer.remember_due(&found.whole.fields, None, today),
    };
    table.commit(change).await
}

/// The task's project managers and admins, or else the workspace's admins.
async fn answerable(table: &Table<Write>, scope: &Scope<Internal>, task: &TaskKey) -> Result<Vec<UserId>> {
    let members = table.members(scope).await?;
    let listed = members.iter().filter(|member| {
        let role = member.value.projects.get(task.project());
        role.is_some_and(|role| role.covers(ProjectRole::Manager))
    });
    let listed: Vec<UserId> = listed.map(|member| member.value.user.clone()).collect();
    if !listed.is_empty() {
        return Ok(listed);
    }
    let admins = members.iter().filter(|member| member.value.role >= WorkspaceRole::Admin);
    Ok(admins.map(|member| member.value.user.clone()).collect())
}
