//! `notify-email`

use jiff::{SignedDuration, Timestamp};
use millrace_domain::{id::MailId, text::Email};
use millrace_endpoint::{
    Consumer, Delivery, Error, Result, Table, Write,
    capability::{Letter, Mailer},
    racing::again,
    sealed_token,
};
use millrace_mail::{Mail, MailRequest, member::Envelope};
use millrace_store::{
    Scope, Stored, Transaction,
    account::{Mailed, Purpose},
    mail::{MailContent, MailRecord, MailStatus, Sendable, Unsubscription},
    scope::Internal,
};

/// The lifetime of a password reset link.
const RESET_WITHIN: SignedDuration = SignedDuration::from_hours(1);
/// The lease on a mail while it is handed over: longer than the function's timeout.
const HELD: SignedDuration = SignedDuration::from_secs(60);

/// Sends a mail.
///
/// A mail to a member is leased while it is handed over, so that a redelivered message sends it once. A mail to an
/// account is sent again on redelivery: a duplicate is better than none.
#[derive(Clone)]
pub struct NotifyEmail;

impl Consumer for NotifyEmail {
    const NAME: &'static str = "notify-email";
    const ABOUT: &'static str = "Sends mail through SES, one template a kind, and keeps how far each mail to a member came. For a forgotten password it looks the account up and makes the token.";
    type Message = MailRequest;
    type Uses = (Table<Write>, Mailer);

    async fn handle(delivery: Delivery<Self>) -> Result<()> {
        let mail = match &*delivery.message {
            MailRequest::Send { mail } => Some(mail.clone()),
            MailRequest::ResetPassword { email } => reset(&delivery, email).await?,
            MailRequest::Deliver { mail, .. } => return deliver(&delivery, *mail).await,
        };
        match mail {
            Some(mail) => {
                let letter = mail.letter(&delivery.settings().public_url);
                delivery.uses::<Mailer, _>().send(&letter).await
            }
            None => Ok(()),
        }
    }
}

/// The mail with a new token; none if the address has no account.
async fn reset(delivery: &Delivery<NotifyEmail>, email: &Email) -> Result<Option<Mail>> {
    let table: &Table<Write> = delivery.uses();
    let user = table.owner_of(email).await?;
    let Some(account) = table.identity(&user).await?.account else { return Ok(None) };
    let secret = sealed_token::new_secret();
    let expires_at = delivery.now + RESET_WITHIN;
    let mailed = Mailed { purpose: Purpose::ResetPassword, email: email.clone(), expires_at };
    let mut keep = Transaction::outside_workspaces();
    keep.mail_token(&user, &sealed_token::hash(&secret), &mailed);
    table.commit(keep).await?;
    let token = format!("{user}.{secret}");
    Ok(Some(Mail::ResetPassword { to: email.clone(), name: account.value.name, token }))
}

/// The decision about a mail.
enum Step {
    /// It is not sent.
    Drop,
    /// It is sent to an address.
    Send(Email, Letter),
}

async fn deliver(delivery: &Delivery<NotifyEmail>, mail: MailId) -> Result<()> {
    let table: &Table<Write> = delivery.uses();
    let Some(scope) = delivery.scope_where(MailRequest::workspace) else { return Ok(()) };
    // What is not in the table was never decided: whoever queued it did not get to write it.
    let Some(sendable) = table.sendable(&scope, mail).await? else { return Ok(()) };
    let stored = &sendable.mail;
    if matches!(stored.value.status, MailStatus::Sent | MailStatus::Dropped) {
        return Ok(());
    }
    if stored.value.held_until.is_some_and(|until| delivery.now < until) {
        return Err(Error::Busy("somebody else is handing this mail over".into()));
    }
    match step(delivery, &sendable)? {
        Step::Drop => {
            let dropped = changed(&stored.value, MailStatus::Dropped, delivery.now);
            keep(table, &scope, stored, &dropped).await.map(drop)
        }
        Step::Send(address, letter) => send(delivery, &scope, stored, address, &letter).await,
    }
}

fn step(delivery: &Delivery<NotifyEmail>, sendable: &Sendable) -> Result<Step> {
    let (Some(member), Some(workspace)) = (&sendable.member, &sendable.workspace) else { return Ok(Step::Drop) };
    let member = &member.value;
    let table: &Table<Write> = delivery.uses();
    let topic = sendable.mail.value.content.topic();
    let unsubscription = Unsubscription { workspace: workspace.id.clone(), user: member.user.clone(), topic };
    let envelope = Envelope {
        to: &member.email,
        name: &member.name,
        workspace: &workspace.name,
        public_url: &delivery.settings().public_url,
        unsubscribe: table.seal_unsubscription(&unsubscription)?,
    };
    let letter = match (&sendable.mail.value.content, &sendable.note) {
        (MailContent::Notification { .. }, Some(note)) => {
            let seen = note.notification.project.as_ref().is_none_or(|project| member.role_in(project).is_some());
            if !seen {
                return Ok(Step::Drop);
            }
            envelope.notification(&note.notification)
        }
        (MailContent::Notification { .. }, None) => return Ok(Step::Drop),
        (MailContent::Digest { notifications, count }, _) => envelope.digest(notifications, *count),
        (MailContent::WeeklyReport { report }, _) => envelope.weekly_report(report),
    };
    Ok(Step::Send(member.email.clone(), letter))
}

async fn send(
    delivery: &Delivery<NotifyEmail>,
    scope: &Scope<Internal>,
    stored: &Stored<MailRecord>,
    address: Email,
    letter: &Letter,
) -> Result<()> {
    let table: &Table<Write> = delivery.uses();
    let held = MailRecord {
        address: Some(address),
        tries: stored.value.tries + 1,
        held_until: Some(delivery.now + HELD),
        ..changed(&stored.value, MailStatus::Sending, delivery.now)
    };
    let held = keep(table, scope, stored, &held).await?;
    let sent = delivery.uses::<Mailer, _>().send(letter).await;
    let after = match &sent {
        Ok(()) => MailRecord { reason: None, ..changed(&held.value, MailStatus::Sent, delivery.now) },
        Err(error) => {
            let status = if delivery.is_last_try() { MailStatus::Failed } else { MailStatus::Queued };
            let reason = Some(std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string));
            MailRecord { reason, ..changed(&held.value, status, delivery.now) }
        }
    };
    // Whoever has it in their mailbox must not get it again because this could not be written at once.
    again(|| async { keep(table, scope, &held, &after).await.map(drop) }).await?;
    sent
}

fn changed(mail: &MailRecord, status: MailStatus, now: Timestamp) -> MailRecord {
    MailRecord { status, held_until: None, updated_at: now, ..mail.clone() }
}

async fn keep(
    table: &Table<Write>,
    scope: &Scope<Internal>,
    stored: &Stored<MailRecord>,
    mail: &MailRecord,
) -> Result<Stored<MailRecord>> {
    let mut change = Transaction::internal(scope);
    change.update_mail(scope, stored, mail);
    table.commit(change).await?;
    Ok(Stored { key: stored.key.clone(), version: stored.version + 1, value: mail.clone() })
}
