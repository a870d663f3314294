//! `notify-email`

use jiff::SignedDuration;
use millrace_domain::text::Email;
use millrace_endpoint::{Consumer, Delivery, Result, Table, Write, capability::Mailer, sealed_token};
use millrace_mail::{Mail, MailRequest};
use millrace_store::{
    Transaction,
    account::{Mailed, Purpose},
};

/// How long the link to a new password is good.
const RESET_WITHIN: SignedDuration = SignedDuration::from_hours(1);

/// Sends a mail. A message that comes again is sent again: a mail twice is better than none.
#[derive(Clone)]
pub struct NotifyEmail;

impl Consumer for NotifyEmail {
    const NAME: &'static str = "notify-email";
    const ABOUT: &'static str = "Sends mail through SES, one template a kind. For a forgotten password it looks the account up and makes the token.";
    type Message = MailRequest;
    type Uses = (Table<Write>, Mailer);

    async fn handle(delivery: Delivery<Self>) -> Result<()> {
        let mail = match &*delivery.message {
            MailRequest::Send { mail } => Some(mail.clone()),
            MailRequest::ResetPassword { email } => reset(&delivery, email).await?,
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

/// The mail with a new token; none where the address has no account.
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
