//! jobs-digest

use crate::parts::failures::Failures;
use millrace_domain::{
    id::{MailId, UserId},
    notification::BURST,
};
use millrace_endpoint::{Error, Job, Result, Run, Table, Write, capability::Sender, racing::again};
use millrace_mail::{MailRequest, member::LINES};
use millrace_store::{
    Scope, Transaction,
    due::{DueIndex, DueWalk},
    inbox::Inbox,
    mail::{MailContent, MailRecord},
    scope::Internal,
};
use std::time::Duration;

/// Sends each person a summary by mail, on their own morning.
///
/// The index lists everybody with pending notifications. Sending the mail and clearing the pending ones is one write:
/// an interrupted run is continued by the next, and running twice sends one mail.
#[derive(Clone)]
pub struct Digest;

impl Job for Digest {
    const NAME: &'static str = "jobs-digest";
    const ABOUT: &'static str = "Mails each person the summary of what came together since the last one, at their own morning; nothing where they have read it all.";
    const SCHEDULE: &'static str = "rate(1 hour)";
    type Uses = (Table<Write>, DueIndex, Sender<MailRequest>);

    async fn run(run: Run<Self>) -> Result<()> {
        let mut failures = Failures::default();
        let (index, mut walk): (&DueIndex, _) = (run.uses(), DueWalk::default());
        while let Some(due) = walk.next(|shard, after| index.digests(run.now, shard, after)).await? {
            for (scope, user) in &due {
                failures.note(scope.workspace(), again(|| summarise(&run, scope, user)).await);
            }
        }
        failures.end()
    }
}

async fn summarise(run: &Run<Digest>, scope: &Scope<Internal>, user: &UserId) -> Result<()> {
    let table: &Table<Write> = run.uses();
    let hearing = table.hearing(scope, user).await?;
    let Some(stored) = hearing.inbox else { return Ok(()) };
    let Some(due) = stored.value.digest.clone().filter(|digest| digest.at <= run.now) else { return Ok(()) };
    let (member, notes) = futures::join!(table.member(scope, user), table.notes_since(scope, user, due.since));
    let member = match member {
        Ok(member) => Some(member.value),
        Err(Error::NotFound(_)) => None,
        Err(other) => return Err(other),
    };
    let unread = notes?.into_iter().filter(|note| note.channels.digest && !stored.value.shown(note).read);
    let seen = unread.filter(|note| {
        let project = note.notification.project.as_ref();
        let sees = |member: &millrace_store::workspace::Member| {
            project.is_none_or(|project| member.role_in(project).is_some())
        };
        member.as_ref().is_some_and(sees)
    });
    let notifications: Vec<_> = seen.map(|note| note.notification).collect();

    let mut change = Transaction::internal(scope);
    change.put_inbox(scope, user, Some(&stored), &Inbox { digest: None, ..stored.value.clone() });
    if !notifications.is_empty() {
        let count = u32::try_from(notifications.len()).unwrap_or(u32::MAX);
        let notifications = notifications.into_iter().take(LINES).collect();
        let waits_until = hearing.preferences.quiet_until(run.now + BURST);
        let content = MailContent::Digest { notifications, count };
        let mail = MailRecord::new(MailId::at(run.now), user.clone(), content, waits_until, run.now);
        if waits_until.is_none() {
            // The queue comes first, with a pause in which the write is done: what is not written is not sent, and what is
            // not in the queue is lost.
            let request = MailRequest::Deliver { workspace: scope.workspace().clone(), mail: mail.id };
            let pause = Duration::try_from(BURST).map_err(Error::internal)?;
            run.uses::<Sender<MailRequest>, _>().send_all_after(&[request], pause).await?;
        }
        change.put_mail(scope, &mail, waits_until);
    }
    table.commit(change).await
}
