//! jobs-weekly-report

use crate::parts::failures::Failures;
use jiff::{ToSpan, civil::Date};
use millrace_domain::{
    id::MailId,
    insight::week::{ProjectWeek, WeeklyReport},
    notification::BURST,
    workspace::role::WorkspaceRole,
};
use millrace_endpoint::{Error, Job, Result, Run, Table, Write, capability::Sender, racing::again};
use millrace_mail::MailRequest;
use millrace_store::{
    Scope, Transaction,
    due::{DueIndex, DueWalk},
    mail::{MailContent, MailRecord},
    scope::Internal,
    week::Week,
};
use std::time::Duration;

/// Sends a weekly activity report to the owners of each workspace.
///
/// The first event of a week adds its workspace to the index, so idle workspaces cost nothing. Sending the mails and
/// marking the week as reported is one write.
#[derive(Clone)]
pub struct WeeklyReports;

impl Job for WeeklyReports {
    const NAME: &'static str = "jobs-weekly-report";
    const ABOUT: &'static str = "Mails the owners of each workspace what was done, opened and became overdue last week; nothing where nothing happened.";
    const SCHEDULE: &'static str = "cron(0 7 ? * MON *)";
    type Uses = (Table<Write>, DueIndex, Sender<MailRequest>);

    async fn run(run: Run<Self>) -> Result<()> {
        let mut failures = Failures::default();
        let (index, mut walk): (&DueIndex, _) = (run.uses(), DueWalk::default());
        while let Some(due) = walk.next(|shard, after| index.weeks(run.now, shard, after)).await? {
            for (scope, monday) in &due {
                failures.note(scope.workspace(), again(|| report(&run, scope, *monday)).await);
            }
        }
        failures.end()
    }
}

async fn report(run: &Run<WeeklyReports>, scope: &Scope<Internal>, monday: Date) -> Result<()> {
    let table: &Table<Write> = run.uses();
    // The index lags behind: another run may have told it.
    let Some(week) = table.week(scope, monday).await?.filter(|week| !week.value.told) else { return Ok(()) };
    let report = match table.workspace(scope).await {
        Ok(_) => count(table, scope, &week.value).await?,
        Err(Error::NotFound(_)) => None,
        Err(other) => return Err(other),
    };
    let mut change = Transaction::internal(scope);
    change.close_week(&week);
    if let Some(report) = report {
        let mut requests = Vec::new();
        let members = table.members(scope).await?;
        let owners = members.iter().filter(|member| member.value.role == WorkspaceRole::Owner);
        // A workspace with more owners than one write takes tells as many of them.
        for owner in owners.take(change.room()) {
            let user = &owner.value.user;
            let preferences =
                table.preferences(scope, user).await?.map(|stored| stored.value.preferences).unwrap_or_default();
            if !preferences.weekly_report {
                continue;
            }
            let waits_until = preferences.quiet_until(run.now + BURST);
            let content = MailContent::WeeklyReport { report: report.clone() };
            let mail = MailRecord::new(MailId::at(run.now), user.clone(), content, waits_until, run.now);
            change.put_mail(scope, &mail, waits_until);
            if waits_until.is_none() {
                requests.push(MailRequest::Deliver { workspace: scope.workspace().clone(), mail: mail.id });
            }
        }
        let pause = Duration::try_from(BURST).map_err(Error::internal)?;
        run.uses::<Sender<MailRequest>, _>().send_all_after(&requests, pause).await?;
    }
    table.commit(change).await
}

/// The activity of a week, from the projects' events; none if nothing was counted.
async fn count(table: &Table<Write>, scope: &Scope<Internal>, week: &Week) -> Result<Option<WeeklyReport>> {
    let bounds = week.bounds()?;
    let mut projects = Vec::new();
    for project in table.projects(scope).await? {
        let mut counts = ProjectWeek::new(project.value.key.clone(), project.value.name.clone());
        table.each_event_between(scope, &project.value.key, bounds, |event| counts.count(event)).await?;
        if !counts.is_empty() {
            projects.push(counts);
        }
    }
    projects.sort_by_key(|counts| std::cmp::Reverse(counts.done + counts.opened + counts.comments));
    let report = WeeklyReport { from: week.monday, to: week.monday + 6.days(), projects };
    Ok((!report.projects.is_empty()).then_some(report))
}
